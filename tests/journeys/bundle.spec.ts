import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportBundle } from '../../infra/bundle/export.ts'
import { checkBundle, importBundle } from '../../infra/bundle/import.ts'
import { runLine } from '../../services/verifier/src/line.ts'
import { type BundleKey, makeKeyFile, readKeyFile } from '../../shared/src/bundle/key-file.ts'
import { linesOf } from '../../shared/src/bundle/lines.ts'
import type { Manifest, Scope } from '../../shared/src/bundle/manifest.ts'
import { filesBelow } from '../../shared/src/bundle/open-bundle.ts'
import { refoldView } from '../../shared/src/consume/fold-view.ts'
import type { Position } from '../../shared/src/consume/replayed.ts'
import { hashOfRows } from '../../shared/src/consume/state-hash.ts'
import { rowsOf, stateOf } from '../../shared/src/consume/view-state.ts'
import { noteSigner } from '../../shared/src/evidence/note.ts'
import { newSeed } from '../../shared/src/evidence/signature.ts'
import { type House, openHouse, shards } from '../kit/house.ts'
import { eventually, ok } from './scene.ts'
import { erasedIn, everyView, gone, replayAs, storesOf, tellStory } from './told.ts'

const folder = mkdtempSync(join(tmpdir(), 'collegium-bundle-'))
const origin = 'spec.local'
const signer = noteSigner(`${origin}/receipts`, newSeed())

let there: House
let keyFile: string
let key: BundleKey
let manifest: Manifest
let statement: string

const viewOf = (name: string) => everyView.find(({ view }) => view.name === name)?.view as (typeof everyView)[number]['view']
const bundle = (name: string) => join(folder, name)
const exported = (name: string, scope: Scope, bundleKey = key): Promise<Manifest> =>
  exportBundle({ out: bundle(name), scope, urls: there.urls, masterKey: there.masterKey, bundleKey, signer, origin, auditFolder: there.evidence.audit })

beforeAll(async () => {
  there = await openHouse()
  statement = await tellStory(there)
  keyFile = join(folder, 'bundle.key')
  key = makeKeyFile(keyFile, signer.vkey)
  manifest = await exported('all', { kind: 'all' })
}, 240_000)
afterAll(async () => {
  await there?.remove()
  rmSync(folder, { recursive: true, force: true })
})

describe('a house whose story is told', () => {
  it.each(everyView)('[PL-06] the view $title is, byte for byte, the fold of history', async ({ service, view }) => {
    const stores = await storesOf(there)
    const { positions, rows } = await rowsOf(there.pool(service), view)
    const refolded = await refoldView(view, positions, replayAs(stores, service), await erasedIn(there, service))
    expect(refolded).toEqual(rows)
    expect(hashOfRows(view, refolded)).toBe((await stateOf(there.pool(service), view)).hash)
  })
})

describe('an auditor with a bundle', () => {
  /** The verifier's line: what it ended with and wrote. */
  const line = async (...typed: string[]): Promise<{ code: number; out: string }> => {
    let out = ''
    const write = (text: string): void => {
      out += text
    }
    return { code: await runLine(typed, { env: { LANG: 'en' }, out: { write }, errors: { write }, now: Date.now }), out }
  }
  const keysFile = () => join(bundle('all'), 'log/keys.json')
  const statementFile = () => {
    writeFileSync(join(folder, 'statement'), statement)
    return join(folder, 'statement')
  }

  it.each(everyView)('[PL-06] folds $title anew from the records and gets the state that it had', async ({ service, view, title }) => {
    const { hash } = await stateOf(there.pool(service), view)
    const told = await line('refold', title, '--bundle', bundle('all'), '--key', keyFile, '--expect', hash)
    expect(told.out).toContain(`${title}@${view.version} from `)
    expect(told.out).toContain(`state ${hash}`)
    expect(told.code).toBe(0)
  })

  it('[PL-04] [PL-06] holds the signed statement of the dashboards against the facts, and reads what the figures were made of', async () => {
    const asked = ['refold', 'metrics', '--bundle', bundle('all'), '--statement', statementFile(), '--keys', keysFile(), '--rows', join(folder, 'rows')]
    const told = await line(...asked)
    expect(told.out).toContain('dashboards/metrics@1 from ')
    expect(told.code).toBe(0)
    expect(readFileSync(join(folder, 'rows'), 'utf8')).toMatch(/^\{"row":\{"amount":\d+,"known":".*"table":"metric"\}\n/)
    writeFileSync(join(folder, 'forged'), statement.replace(/\n(\d+)\nmetrics/, '\n1\nmetrics'))
    const forged = await line('refold', 'metrics', '--bundle', bundle('all'), '--statement', join(folder, 'forged'), '--keys', keysFile())
    expect(forged).toMatchObject({ code: 2, out: expect.stringContaining('The statement cannot be relied on') })
  })

  it('[PL-05] [PL-06] folds as of any moment, and tells a state that is not what the facts say', async () => {
    const { hash } = await stateOf(there.pool('activities'), viewOf('activities'))
    const source = manifest.sources.find(({ service, facts }) => service === 'activities' && facts > 3)
    const earlier = await line('refold', 'activities/activities', '--bundle', bundle('all'), '--positions', `activities/${source?.shard}/3`, '--expect', hash)
    expect(earlier).toMatchObject({ code: 2, out: expect.stringMatching(/from 3 facts.*stated was/s) })
    const beyond = await line('refold', 'activities/activities', '--bundle', bundle('all'), '--positions', `activities/${source?.shard}/100000`)
    expect(beyond.code).toBe(3)
    expect(await line('refold', 'nothing', '--bundle', bundle('all'))).toMatchObject({ code: 1, out: expect.stringContaining('dashboards/metrics') })
    expect(await line('refold', 'people', '--bundle', bundle('all')), 'names need the key').toMatchObject({ code: 1 })
  })

  it('[PL-06] finds the log in it sound', async () => {
    const told = await line('verify', join(bundle('all'), 'log'), '--policy', join(bundle('all'), 'log/policy'))
    expect(told, told.out).toMatchObject({ code: 0 })
  })
})

describe('a bundle of everything', () => {
  let here: House
  beforeAll(async () => {
    here = await openHouse()
  })
  afterAll(() => here?.remove())

  it('[PL-18] holds every fact in the bytes that evidence hashes, the logs, and a signed table of contents', async () => {
    expect(manifest).toMatchObject({ scope: { kind: 'all' }, origin, shards })
    for (const { service, shard, facts, head } of manifest.sources) {
      expect(facts, `${service}/${shard}`).toBe(head)
      const stored = await (await storesOf(there)).get(service)?.readShardBytes(shard, 0, 100_000)
      const lines: string[] = []
      for await (const line of linesOf(join(bundle('all'), `records/${service}/${shard}.ndjson`))) lines.push(line)
      expect(lines).toEqual(stored?.map(({ bytes }) => bytes))
    }
    const checked = await checkBundle(bundle('all'), key)
    expect(checked.facts).toBeGreaterThan(300)
    expect(checked.proved + checked.unsequenced).toBe(checked.facts)
    expect(checked.proved).toBeGreaterThan(200)
  })

  it('[PL-12] [PL-18] holds no text of a person, and of who was erased neither key nor ciphertext', async () => {
    const people = (await rowsOf(there.pool('membership'), viewOf('people'))).rows.get('person') ?? []
    const texts = [...people.flatMap(({ name }) => (name === null ? [] : [name as string])), 'A visit to the dentist']
    expect(texts.length).toBeGreaterThan(20)
    const all = filesBelow(bundle('all')).map((path) => readFileSync(join(bundle('all'), path), 'utf8'))
    for (const text of texts)
      expect(
        all.filter((file) => file.includes(text)),
        text,
      ).toEqual([])
    const keys = readFileSync(join(bundle('all'), 'keys/membership.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const mine = keys.filter(({ person }) => person === gone)
    expect(mine).toEqual([expect.objectContaining({ wrapped: null, destroyed: expect.any(String) })])
    expect(all.some((file) => file.includes(`"key":"${mine[0].id}"`))).toBe(false)
    expect(keys.filter(({ wrapped }) => wrapped !== null).length).toBeGreaterThan(20)
    expect(statSync(keyFile).mode & 0o777).toBe(0o600)
    expect(all.some((file) => file.includes(key.key.toString('base64')))).toBe(false)
  })

  it('[PL-18] is refused with a clear word where any part was damaged, taken away or added', async () => {
    const files = filesBelow(bundle('all'))
    const parts = [
      ...new Map(
        files.map((path) => [
          path
            .split('/')
            .slice(0, 2)
            .join('/')
            .replace(/\/.*ndjson$/, ''),
          path,
        ]),
      ).values(),
    ]
    expect(parts.length).toBeGreaterThan(8)
    for (const path of parts) {
      for (const damage of ['changed', 'cut', 'missing'] as const) {
        const copy = bundle('damaged')
        cpSync(bundle('all'), copy, { recursive: true })
        const bytes = readFileSync(join(copy, path))
        if (damage === 'missing') rmSync(join(copy, path))
        else {
          if (damage === 'changed') bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1
          writeFileSync(join(copy, path), damage === 'cut' ? bytes.subarray(0, -1) : bytes)
        }
        const take = importBundle({ folder: copy, urls: here.urls, masterKey: here.masterKey, bundleKey: key })
        await expect(take, `${path} ${damage}`).rejects.toMatchObject({
          code: expect.stringMatching(/^(damaged|forged|not-a-bundle)$/),
          message: expect.stringContaining(path.startsWith('manifest') ? 'manifest' : path),
        })
        rmSync(copy, { recursive: true })
      }
    }
    cpSync(bundle('all'), bundle('more'), { recursive: true })
    writeFileSync(join(bundle('more'), 'records/stray.ndjson'), '')
    await expect(checkBundle(bundle('more'), key)).rejects.toMatchObject({ code: 'damaged', message: 'records/stray.ndjson does not belong to the bundle' })
  })

  it('[PL-06] [PL-18] is refused where its own maker wrote another history than the log has', async () => {
    const copy = bundle('rewritten')
    const pool = there.pool('activities')
    const [row] = (
      await pool.query<{ shard: number; position: string; bytes: string }>(
        `select shard, position, bytes from events where type = 'activities.activity-proposed.v1' limit 1`,
      )
    ).rows
    await pool.query('update events set bytes = replace(bytes, $3, $4) where shard = $1 and position = $2', [
      row?.shard,
      row?.position,
      '"budget":',
      '"budget":9',
    ])
    try {
      await exported('rewritten', { kind: 'all' })
      await expect(checkBundle(copy, key)).rejects.toMatchObject({
        code: 'history-differs',
        message: expect.stringContaining(`activities/${row?.shard}/${row?.position}`),
      })
    } finally {
      await pool.query('update events set bytes = $3 where shard = $1 and position = $2', [row?.shard, row?.position, row?.bytes])
    }
  })

  it('[PL-18] opens with its own key only, signed by whom the key file names', async () => {
    const other = makeKeyFile(join(folder, 'other.key'), signer.vkey)
    await expect(checkBundle(bundle('all'), other)).rejects.toMatchObject({ code: 'wrong-key' })
    const stranger = makeKeyFile(join(folder, 'stranger.key'), noteSigner('elsewhere/receipts', newSeed()).vkey)
    await expect(checkBundle(bundle('all'), { ...stranger, key: key.key })).rejects.toMatchObject({ code: 'forged' })
    expect(() => readKeyFile(join(bundle('all'), 'manifest.json'))).toThrow('is not the key file of a bundle')
    await expect(exported('all', { kind: 'all' })).rejects.toThrow('is there already')
    expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([])
  })

  it('[PL-18] gives an empty installation the same views, positions, versions and bytes; who was erased stays erased', async () => {
    const { facts } = await importBundle({ folder: bundle('all'), urls: here.urls, masterKey: here.masterKey, bundleKey: key })
    expect(facts).toBe(manifest.sources.reduce((sum, source) => sum + source.facts, 0))
    const [before, imported] = [await storesOf(there), await storesOf(here)]
    for (const { service, shard } of manifest.sources)
      expect(await imported.get(service)?.readShardBytes(shard, 0, 100_000)).toEqual(await before.get(service)?.readShardBytes(shard, 0, 100_000))
    await here.start()
    for (const { service, view, title } of everyView) {
      const then = await stateOf(there.pool(service), view)
      const reached = (positions: readonly Position[]) =>
        then.positions.every((each) => positions.some((mine) => mine.service === each.service && mine.shard === each.shard && mine.position >= each.position))
      const now = await eventually(
        () => stateOf(here.pool(service), view),
        ({ positions }) => expect(reached(positions), title).toBe(true),
      )
      // The audit service's own facts go on while it runs: as of then, the rows are those of then.
      const rows = await refoldView(view, then.positions, replayAs(imported, service), await erasedIn(here, service))
      expect(hashOfRows(view, rows), title).toBe(then.hash)
      if (!then.positions.some((each) => each.service === 'audit')) expect(now.hash, title).toBe(then.hash)
    }
    const added = await Promise.all(
      [...imported].map(async ([service, store]) => [service, [...(await store.heads()).values()].reduce((sum, head) => sum + head, 0)] as const),
    )
    const wanted = Map.groupBy(manifest.sources, (source) => source.service)
    // No reaction and no deadline has done again what it had done there.
    for (const [service, head] of added) if (service !== 'audit') expect(head, service).toBe(wanted.get(service)?.reduce((sum, source) => sum + source.head, 0))
    expect([...(await erasedIn(here, 'membership'))]).toEqual([gone])
    await here.stop()
  })

  it('[PL-18] is not written over a history that went on', async () => {
    await here.start()
    ok(await (await here.signIn('operator')).post('/duties', { unit: 'north-su-tea', title: 'Air the hall', owner: 'p-1', due: '2027-01-10T08:00:00.000Z' }))
    await here.stop()
    const take = importBundle({ folder: bundle('all'), urls: here.urls, masterKey: here.masterKey, bundleKey: key })
    await expect(take).rejects.toThrow('This installation is not empty')
    expect(existsSync(bundle('all'))).toBe(true)
  })
})

describe('an import that was killed between two services', () => {
  const killedAfter = (house: House, after: number) => {
    const given = { folder: bundle('all'), keyFile, urls: [...house.urls], masterKey: house.masterKey.toString('base64'), after }
    return spawnSync(process.execPath, [join(import.meta.dirname, '../kit/import-and-die.ts'), JSON.stringify(given)], { encoding: 'utf8' })
  }
  const take = (house: House) => importBundle({ folder: bundle('all'), urls: house.urls, masterKey: house.masterKey, bundleKey: key })
  const held = async (house: House): Promise<number[]> =>
    Promise.all([...house.urls.keys()].map(async (name) => (await house.pool(name).query('select from events')).rowCount ?? 0))

  it.each([1, 4])('[PL-18] after %i of them goes on when it is given the same bundle again, and then holds all of it, once', async (after) => {
    const here = await openHouse()
    try {
      expect(killedAfter(here, after)).toMatchObject({ signal: 'SIGKILL' })
      const left = await held(here)
      expect(left.slice(0, after).every((facts) => facts > 0)).toBe(true)
      expect(left.slice(after).every((facts) => facts === 0)).toBe(true)
      await take(here)
      const [before, imported] = [await storesOf(there), await storesOf(here)]
      for (const { service, shard } of manifest.sources)
        expect(await imported.get(service)?.readShardBytes(shard, 0, 100_000)).toEqual(await before.get(service)?.readShardBytes(shard, 0, 100_000))
      const whole = await held(here)
      await take(here)
      expect(await held(here), 'once more says nothing new').toEqual(whole)
    } finally {
      await here.remove()
    }
  })

  it('[PL-18] is refused where what is there was changed meanwhile, or has gone on', async () => {
    const here = await openHouse()
    try {
      expect(killedAfter(here, 3)).toMatchObject({ signal: 'SIGKILL' })
      const left = await held(here)
      const pool = here.pool([...here.urls.keys()][0] as string)
      await pool.query(`update events set bytes = replace(bytes, '"recorded":"2', '"recorded":"3') where position = 1`)
      await expect(take(here)).rejects.toThrow('This installation is not empty')
      await pool.query(`update events set bytes = replace(bytes, '"recorded":"3', '"recorded":"2') where position = 1`)
      await pool.query('delete from events where (shard, position) in (select shard, max(position) from events group by shard limit 1)')
      await expect(take(here)).rejects.toThrow('This installation is not empty')
      expect((await held(here)).slice(3)).toEqual(left.slice(3))
    } finally {
      await here.remove()
    }
  })
})

describe('a bundle of a part', () => {
  it.each([{ kind: 'campus', id: 'north' } as const, { kind: 'term', id: '2026-autumn' } as const])(
    '[PL-18] of %o is verified against the whole log, and read where it lies',
    async (scope) => {
      const part = await exported(scope.kind, scope)
      const facts = part.sources.reduce((sum, source) => sum + source.facts, 0)
      const checked = await checkBundle(bundle(scope.kind), key)
      expect(checked).toMatchObject({ facts, proved: facts - checked.unsequenced })
      expect(checked.proved).toBeGreaterThan(100)
      // The whole story was told this term, and one campus of it is the other's neighbour.
      expect(part.sources.some((source) => source.facts < source.head)).toBe(scope.kind === 'campus')
      const here = await openHouse()
      try {
        const take = importBundle({ folder: bundle(scope.kind), urls: here.urls, masterKey: here.masterKey, bundleKey: key })
        await expect(take).rejects.toThrow(`holds the ${scope.kind} ${scope.id} only`)
      } finally {
        await here.remove()
      }
      await expect(exported('nowhere', { ...scope, id: 'nowhere' })).rejects.toThrow(`There is no ${scope.kind} nowhere`)
    },
  )
})
