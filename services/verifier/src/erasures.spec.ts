import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { erasureAcknowledged, erasureApproved, erasureCompleted, erasureRequested, personErased } from '@collegium/membership/events'
import { erasureAppliedBy, recordReadIn } from '@collegium/shared/erasure/facts.ts'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { runLine } from './line.ts'
import { entriesOf, factsOf, logFiles, policyWithoutWitnesses, readsSigner, type SampleStep, sampleBegin } from './testing/sample-log.ts'

const folders: string[] = []
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verifier-'))
  folders.push(folder)
  writeFileSync(join(folder, 'policy'), `log ${readsSigner.vkey}\n${policyWithoutWitnesses}`)
})
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true })
})

const writeLog = (name: string, files: ReadonlyMap<string, Uint8Array>): void => {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true })
    writeFileSync(join(folder, name, path), bytes)
  }
}

const write = (name: string, steps: readonly SampleStep[]) => {
  const facts = factsOf(steps)
  writeLog(name, logFiles(entriesOf(facts), null))
  return facts
}

const run = async (...typed: string[]) => {
  let out = ''
  const code = await runLine([...typed, '--policy', join(folder, 'policy'), '--json'], {
    env: {},
    out: { write: (text) => (out += text) },
    errors: { write: () => {} },
    now: () => (sampleBegin + 600) * 1_000,
  })
  const report = JSON.parse(out || '{"findings":[]}')
  return { code, codes: report.findings.map((finding: { code: string }) => finding.code), facts: report.facts }
}

const asked: SampleStep = { stream: 'erasure-ann', type: erasureRequested.type, actor: 'ann' }
const approved: SampleStep = { stream: 'erasure-ann', type: erasureApproved.type, actor: 'ben', post: { kind: 'head', unit: 'federation' } }
const erased: SampleStep = { ...approved, type: personErased.type }
const applied = ['membership', 'documents'].map(
  (service): SampleStep => ({ service, stream: 'erasure-applied-ann', type: erasureAppliedBy(service).type, actor: null }),
)
const done: SampleStep[] = [erasureAcknowledged, erasureCompleted].map(({ type }) => ({ stream: 'erasure-ann', type, actor: null }))
const registered: SampleStep = {
  stream: 'person-ann',
  type: 'membership.person-registered.v1',
  actor: 'ben',
  data: { person: 'ann', name: { sealed: 'c2VhbGVk' } },
}

describe('erasures in a log', () => {
  it('[PL-12] are told with who asked, who approved and which services destroyed', async () => {
    write('log', [registered, asked, approved, erased, ...applied, ...done])
    const { code, facts } = await run('erasures', join(folder, 'log'))
    expect(code).toBe(0)
    const told = facts.find((fact: { code: string }) => fact.code === 'erasure')
    expect(told.values).toMatchObject({ person: 'ann', requested: 'ann', approved: 'ben (head@federation)', services: 'documents, membership' })
  })

  it('[PL-12] by one person alone, by the person concerned, or without a post, are found', async () => {
    const alone: SampleStep[][] = [
      [asked, erased],
      [{ ...asked, actor: 'ben' }, approved, erased],
      [asked, { ...approved, actor: 'ann' }, { ...erased, actor: 'ann' }],
      [asked, { ...approved, post: null }, erased],
      [asked, approved, { ...erased, actor: 'cid' }],
      [approved, erased],
    ]
    for (const [at, steps] of alone.entries()) {
      write(`log-${at}`, [registered, ...steps, ...done])
      expect((await run('erasures', join(folder, `log-${at}`))).codes, `${at}`).toEqual(['erasure-unauthorised'])
    }
  })

  it('[PL-12] that not every service has confirmed after a day are named', async () => {
    write('log', [registered, asked, approved, erased, ...applied])
    expect((await run('erasures', join(folder, 'log'))).code).toBe(0)
    expect(await run('erasures', join(folder, 'log'), '--at', '2026-10-02T01:00:00Z')).toMatchObject({ code: 4, codes: ['erasure-unfinished'] })
  })

  it('[PL-12] are not undone: a sealed text about the person afterwards is found', async () => {
    write('log', [registered, asked, approved, erased, ...done, registered])
    expect(await run('erasures', join(folder, 'log'))).toMatchObject({ code: 2, codes: ['sealed-after-erasure'] })
  })

  it('[PL-12] leave the records as they were logged, in whatever way their JSON is written', async () => {
    const facts = write('log', [registered, asked, approved, erased, ...done])
    const lines = facts.map(({ record }) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(record)).reverse())))
    const records = join(folder, 'records')
    writeFileSync(records, `${lines.join('\n')}\n`)
    expect((await run('erasures', join(folder, 'log'), '--records', records)).facts).toContainEqual(
      expect.objectContaining({ code: 'records', values: { count: 6, sealed: 1 } }),
    )
    writeFileSync(records, lines.join('\n').replace('c2VhbGVk', 'Zm9yZ2Vk'))
    expect(await run('erasures', join(folder, 'log'), '--records', records)).toMatchObject({ code: 2, codes: ['record-not-logged'] })
  })
})

describe('a bundle beside the log', () => {
  const key = (person: string, wrapped: string | null) => ({ id: `key-${person}`, person, wrapped, destroyed: wrapped === null ? 'then' : null })
  /** A bundle of these facts, made hours after the first; with what it holds beside them. */
  const bundle = (facts: ReturnType<typeof factsOf>, hours: number, keys: object[], beside: object[] = []): string => {
    const records = facts.map(({ record }) => JSON.parse(record) as { service: string; shard: number })
    const sources = [...Map.groupBy(records, ({ service, shard }) => `${service}/${shard}`)].map(([name, each]) => {
      const [service, shard] = name.split('/') as [string, string]
      return { service, shard: Number(shard), facts: each.length, head: each.length }
    })
    const text = (lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    const made = new Date((sampleBegin + hours * 3_600) * 1_000).toISOString()
    const files = { 'manifest.json': JSON.stringify({ made, sources }), 'keys/membership.ndjson': text(keys), 'beside/membership/0.ndjson': text(beside) }
    for (const { service, shard } of sources)
      Object.assign(files, { [`records/${service}/${shard}.ndjson`]: text(records.filter((each) => each.service === service && each.shard === shard)) })
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, 'bundle', path)), { recursive: true })
      writeFileSync(join(folder, 'bundle', path), content)
    }
    return join(folder, 'bundle')
  }
  const erasures = (records: string) => run('erasures', join(folder, 'log'), '--records', records)

  it('[PL-12] [PL-18] has its records held against the log, as far as that goes', async () => {
    const facts = write('log', [registered, asked, approved, erased, ...applied, ...done])
    const told = await erasures(bundle(facts, 1, [key('ann', null)]))
    expect(told).toMatchObject({ code: 0, codes: [] })
    expect(told.facts).toContainEqual(expect.objectContaining({ code: 'records', values: { count: 8, sealed: 1 } }))
    write('log', [registered, asked, approved])
    expect(await erasures(join(folder, 'bundle')), 'what came after the log was copied').toMatchObject({ code: 0 })
    write('log', [{ ...registered, actor: 'cid' }, asked, approved])
    expect(await erasures(join(folder, 'bundle'))).toMatchObject({ code: 2, codes: expect.arrayContaining(['record-not-logged']) })
    expect((await erasures(join(folder, 'nowhere'))).code).toBe(3)
  })

  it('[PL-12] [PL-18] that still holds a key or a text of who was erased a day before is found', async () => {
    const facts = write('log', [registered, asked, approved, erased, ...applied, ...done])
    const sealed = [{ position: 1, sealed: { digest: { key: 'key-ann' } } }]
    expect(await erasures(bundle(facts, 30, [key('ann', null), key('ben', 'd3JhcHBlZA==')]))).toMatchObject({ code: 0 })
    expect((await erasures(bundle(facts, 30, [key('ann', 'd3JhcHBlZA==')]))).codes).toEqual(['kept-after-erasure'])
    expect((await erasures(bundle(facts, 30, [key('ann', null)], sealed))).codes).toEqual(['kept-after-erasure'])
    expect(await erasures(bundle(facts, 1, [key('ann', 'd3JhcHBlZA==')], sealed)), 'within the day').toMatchObject({ code: 0 })
  })
})

describe('the log of confidential reads', () => {
  const read = (at: number): SampleStep => ({ stream: `file-reads-${at % 2}`, type: recordReadIn('membership').type, actor: 'ben' })
  const between: SampleStep = { stream: 'other', type: 'membership.thing-changed.v1', actor: 'ben' }
  const steps = [read(0), between, read(1), between, read(2), read(3)]
  const verify = (...more: string[]) => run('verify', folder, ...more)
  const readsOnly = (all: readonly SampleStep[]) => all.filter(({ type }) => type === recordReadIn('membership').type)
  /** The reads keep the positions that they have among all facts. */
  const writeReads = (kept: (facts: ReturnType<typeof factsOf>) => ReturnType<typeof factsOf>): void => {
    writeLog('reads', logFiles(entriesOf(kept(factsOf(steps).filter(({ record }) => record.includes('record-read')))), null, readsSigner))
  }

  it('[PL-13] holds a selection: the same reads as the log of all facts, in order', async () => {
    write('events', steps)
    writeReads((facts) => facts)
    expect(readsOnly(steps)).toHaveLength(4)
    expect(await verify()).toMatchObject({ code: 0, codes: [] })
  })

  it('[PL-13] is found silent about a read that the other log knows, when that is old enough to be in both', async () => {
    write('events', steps)
    writeReads((facts) => facts.slice(0, -1))
    expect(await verify()).toMatchObject({ code: 0 })
    expect(await verify('--max-age', '0.1')).toMatchObject({ codes: expect.arrayContaining(['read-missing']) })
    rmSync(join(folder, 'reads'), { recursive: true })
    writeReads((facts) => facts.slice(2))
    expect((await verify()).codes).toContain('read-differs')
  })
})
