import { parsePolicy } from '@collegium/shared/evidence/policy.ts'
import { encodeBundle } from '@collegium/shared/evidence/tiles.ts'
import { describe, expect, it } from 'vitest'
import { auditLog, type Since } from './audit-log.ts'
import { checkpointOf, entriesOf, filesOf, logFiles, policyWithoutWitnesses, sampleBegin, sampleFacts, samplePolicy } from './testing/sample-log.ts'

const policy = parsePolicy(samplePolicy)

const audit = (files: ReadonlyMap<string, Uint8Array>, more: { since?: Since[]; now?: number; policy?: string } = {}) =>
  auditLog(filesOf(files), {
    policy: more.policy === undefined ? policy : parsePolicy(more.policy),
    since: more.since ?? [],
    now: more.now ?? sampleBegin + 3_600,
    maxAge: 3 * 3_600,
    step: () => {},
  })

const codesOf = (files: ReadonlyMap<string, Uint8Array>, more: Parameters<typeof audit>[1] = {}) => [
  ...new Set(audit(files, more).findings.map(({ code }) => code)),
]

const entriesUpTo = (count: number) => entriesOf(sampleFacts(count))

describe('a log of an auditor', () => {
  for (const size of [0, 1, 2, 255, 256, 257, 511, 513, 1_000])
    it(`[PL-06] is sound with ${size} entries, and all of them were looked at`, () => {
      const audited = audit(logFiles(entriesUpTo(size), sampleBegin + size))
      expect(audited.findings).toEqual([])
      expect(audited.entries).toBe(size)
      expect(audited.sources).toBe(Math.min(size, 4))
    })

  it('[PL-06] is sound beyond 65,536 entries, where the tree has three levels of tiles', () => {
    const audited = audit(logFiles(entriesUpTo(66_000)), { now: sampleBegin + 66_000 })
    expect(audited.findings).toEqual([])
    expect(audited.entries).toBe(66_000)
  })

  it('[PL-06] shows where a file is missing, and what lies behind is not taken for whole', () => {
    for (const path of ['tile/entries/000', 'tile/entries/001.p/44', 'tile/0/000', 'tile/0/001.p/44', 'tile/1/000.p/1']) {
      const files = logFiles(entriesUpTo(300))
      expect(files.delete(path)).toBe(true)
      expect(audit(files).findings).toContainEqual(expect.objectContaining({ code: 'file-missing', where: path }))
    }
  })

  it('[PL-06] names the source whose position is missing, though the log signed that', () => {
    const facts = sampleFacts(60).filter(({ record }) => !record.includes('"position":7,'))
    const { findings } = audit(logFiles(entriesOf(facts)))
    expect(findings.filter(({ code }) => code === 'position-differs').map(({ values }) => values)).toContainEqual(
      expect.objectContaining({ source: 'documents/1', expected: 7, found: '8' }),
    )
  })

  it('[PL-06] names the record whose version is missing, and the one whose past was exchanged', () => {
    const facts = sampleFacts(60)
    const first = facts.findIndex(({ record }) => record.includes('"version":2'))
    const swapped = facts.map((fact, at) => (at === first ? { ...fact, record: fact.record.replace('"version":2', '"version":3') } : fact))
    expect(codesOf(logFiles(entriesOf(swapped)))).toContain('version-differs')
    const entries = entriesOf(facts)
    const other = entriesOf(sampleFacts(60, 'other'))
    expect(codesOf(logFiles(entries.map((entry, at) => (at === 0 ? (other[0] as Uint8Array) : entry))))).toEqual(['previous-differs'])
  })

  it('[PL-06] finds what is no entry, signed or not', () => {
    const entries = entriesUpTo(10)
    expect(codesOf(logFiles([...entries, new TextEncoder().encode('{"v":"1"}')]))).toEqual(['entry-malformed'])
    expect(codesOf(logFiles([...entries, Uint8Array.of(0xff)]))).toEqual(['entry-malformed'])
  })

  it('[PL-06] tells a rewritten history from the checkpoint that somebody kept, though everything in it is signed', () => {
    const kept = checkpointOf(entriesUpTo(100))
    const since = [{ name: 'kept', checkpoint: kept }]
    const facts = sampleFacts(300)
    expect(codesOf(logFiles(entriesOf(facts)), { since })).toEqual([])
    const forked = entriesOf([...facts.slice(0, 40), ...sampleFacts(300, 'fork').slice(40)])
    expect(codesOf(logFiles(forked))).toEqual([])
    expect(codesOf(logFiles(forked), { since })).toEqual(['forked-since'])
    expect(codesOf(logFiles(entriesUpTo(99)), { since })).toEqual(['cut-since'])
    expect(codesOf(logFiles(entriesUpTo(100)), { since: [{ name: 'kept', checkpoint: { ...kept, origin: 'log.example/reads' } }] })).toEqual(['other-log'])
  })

  it('[PL-06] is not vouched for without its witnesses, and says when it stands still', () => {
    const entries = entriesUpTo(20)
    expect(codesOf(logFiles(entries, null))).toEqual(['too-few-cosignatures'])
    expect(codesOf(logFiles(entries, null), { policy: policyWithoutWitnesses })).toEqual([])
    expect(codesOf(logFiles(entries), { now: sampleBegin + 4 * 3_600 })).toEqual(['too-old'])
    expect(codesOf(logFiles(entries, null), { now: sampleBegin + 4 * 3_600, policy: policyWithoutWitnesses })).toEqual(['too-old'])
    expect(codesOf(logFiles(entries), { now: sampleBegin - 3_600 })).toEqual(['from-the-future'])
  })

  it('[PL-06] may be a mirror made later than its checkpoint, with wider files and older ones beside', () => {
    const [older, newer] = [logFiles(entriesUpTo(260)), logFiles(entriesUpTo(600))]
    const mirror = new Map([...older, ...newer, ['checkpoint', older.get('checkpoint') as Uint8Array]])
    expect(codesOf(mirror)).toEqual([])
    for (const path of ['tile/entries/001.p/4', 'tile/0/001.p/4', 'tile/1/000.p/1']) mirror.delete(path)
    expect(codesOf(mirror)).toEqual([])
  })

  it('[PL-06] finds that two histories were published, by an older file that was left lying', () => {
    const files = logFiles(entriesUpTo(300))
    const other = logFiles(entriesOf([...sampleFacts(256), ...sampleFacts(270, 'other').slice(256)]))
    for (const path of ['tile/entries/001.p/14', 'tile/0/001.p/14']) {
      expect(codesOf(new Map([...files, [path, other.get(path) as Uint8Array]]))).toEqual(['older-file-differs'])
      expect(codesOf(new Map([...files, [path, Uint8Array.of(1)]]))).toEqual(['older-file-differs'])
    }
  })

  it('[PL-06] is looked at to the end when one fault is everywhere, and tells ten of a kind', () => {
    const entries = entriesUpTo(300).map((entry, at) => (at % 2 === 0 ? entry : new TextEncoder().encode(`{"at":${at}}`)))
    const malformed = audit(logFiles(entries)).findings.filter(({ code }) => code === 'entry-malformed')
    expect(malformed).toHaveLength(10)
    expect(malformed[0]?.values).toMatchObject({ alike: 150 })
  })

  it('[PL-06] holds no more entries than it says', () => {
    const files = logFiles(entriesUpTo(100))
    const bundle = encodeBundle(entriesUpTo(101))
    expect(codesOf(new Map([...files, ['tile/entries/000.p/100', bundle]]))).toContain('bundle-broken')
  })
})
