import fc from 'fast-check'
import type { Pool } from 'pg'
import Type from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { event } from '../aggregate.ts'
import { newId } from '../ids.ts'
import { migrate } from '../migrate.ts'
import { Personal } from '../schema.ts'
import { testDatabase } from '../testing/database.ts'
import { canonical } from './canonical.ts'
import { type Append, CommandReused, MisshapenEvent, openStore, type Store, VersionConflict } from './store.ts'

const counted = event('sample.counted.v1', Type.Object({ count: Type.Integer() }))
const named = event('sample.named.v1', Type.Object({ person: Type.String(), name: Personal(Type.String()) }))
const masterKey = Buffer.alloc(32, 3)

let database: Awaited<ReturnType<typeof testDatabase>>
let store: Store
const open = (pool: Pool): Promise<Store> =>
  openStore({ service: 'sample', pool, shards: 4, masterKey, definitions: [counted, named], clock: () => new Date().toISOString() })

beforeAll(async () => {
  database = await testDatabase()
  await migrate(database.pool, new URL('./migrations/', import.meta.url), 'store')
  store = await open(database.pool)
})
afterAll(() => database.drop())

const request = (stream: string, expected: Append['expected'], more: Partial<Append> = {}): Append => ({
  stream,
  expected,
  command: { id: newId(), fingerprint: '' },
  unit: 'fed',
  actor: { person: 'p1', post: { kind: 'head', unit: 'fed' }, system: null },
  correlation: 'c1',
  causation: 'c1',
  occurred: '2026-10-01T00:00:00.000Z',
  reason: null,
  policies: {},
  events: [{ type: 'sample.counted.v1', data: { count: 1 } }],
  ...more,
})

/** Every shard read from the beginning: positions 1, 2, 3 …; every stream's versions 1, 2, 3 …; every record as canonical bytes. */
const expectWhole = async (): Promise<number> => {
  let total = 0
  const versions = new Map<string, number>()
  for (const [shard, head] of await store.heads()) {
    const events = await store.readShard(shard, 0, 1_000_000)
    expect(events.map((each) => each.position)).toEqual(events.map((_, index) => index + 1))
    expect(events.length).toBe(head)
    for (const each of events) {
      expect(each.version).toBe((versions.get(each.stream) ?? 0) + 1)
      versions.set(each.stream, each.version)
      expect(canonical(JSON.parse(each.bytes))).toBe(each.bytes)
    }
    total += events.length
  }
  return total
}

describe('an append', () => {
  it('[PL-06] keeps who, when, under which post, why and what, in canonical bytes', async () => {
    const { shard, position } = await store.append(
      request('thing-1', 'none', { reason: 'asked by the congress', policies: { 'public-notice.days': { value: 5, version: 2 } } }),
    )
    const [fact] = await store.readShard(shard, position - 1, 1)
    expect(JSON.parse(fact?.bytes ?? '')).toMatchObject({
      service: 'sample',
      stream: 'thing-1',
      version: 1,
      type: 'sample.counted.v1',
      schema: 1,
      unit: 'fed',
      reason: 'asked by the congress',
      actor: { person: 'p1', post: { kind: 'head', unit: 'fed' } },
      policies: { 'public-notice.days': { value: 5, version: 2 } },
      occurred: '2026-10-01T00:00:00.000Z',
    })
    expect(canonical(JSON.parse(fact?.bytes ?? ''))).toBe(fact?.bytes)
  })

  it('checks what the caller expects: a version, none, any, exists', async () => {
    await expect(store.append(request('thing-2', 'exists'))).rejects.toThrow(VersionConflict)
    await store.append(request('thing-2', 'none'))
    await expect(store.append(request('thing-2', 'none'))).rejects.toMatchObject({ actual: 1 })
    await store.append(request('thing-2', 'exists'))
    await store.append(request('thing-2', 'any'))
    await expect(store.append(request('thing-2', 2))).rejects.toMatchObject({ actual: 3 })
    expect((await store.append(request('thing-2', 3))).version).toBe(4)
  })

  it('happens once for one command id, and refuses the id for something else', async () => {
    const one = request('thing-3', 'none', { command: { id: newId(), fingerprint: 'a' } })
    const first = await store.append(one)
    expect(await store.append(one)).toMatchObject({ kind: 'repeated', version: first.version, shard: first.shard, position: first.position })
    await expect(store.append({ ...one, command: { ...one.command, fingerprint: 'b' } })).rejects.toThrow(CommandReused)
    expect(await store.readStream('thing-3')).toHaveLength(1)
  })

  it('happens once though a hundred callers send the same command at once', async () => {
    const one = request('thing-4', 'any', { command: { id: newId(), fingerprint: '' } })
    const answers = await Promise.all(Array.from({ length: 100 }, () => store.append(one)))
    expect(answers.filter((answer) => answer.kind === 'appended')).toHaveLength(1)
    expect(new Set(answers.map((answer) => answer.position)).size).toBe(1)
  })

  it('refuses a fact that does not fit its own schema, unknown fields included', async () => {
    await expect(store.append(request('thing-5', 'none', { events: [{ type: 'sample.counted.v1', data: { count: 'one' } }] }))).rejects.toThrow(MisshapenEvent)
    await expect(store.append(request('thing-5', 'none', { events: [{ type: 'sample.counted.v1', data: { count: 1, other: 2 } }] }))).rejects.toThrow(
      MisshapenEvent,
    )
    await expect(store.append(request('thing-5', 'none', { events: [{ type: 'sample.unheard-of.v1', data: {} }] }))).rejects.toThrow(MisshapenEvent)
  })

  it('tells only the caller whose row the database refuses', async () => {
    // U+0001 separates the texts of a batch; a stream with one cannot be stored, and must not take others with it.
    const good = Array.from({ length: 20 }, (_, index) => request(`good-${index}`, 'none'))
    const results = await Promise.allSettled(
      [...good.slice(0, 10), request('bad', 'none', { command: { id: 'not a uuid', fingerprint: '' } }), ...good.slice(10)].map((each) => store.append(each)),
    )
    expect(results.filter((result) => result.status === 'rejected')).toHaveLength(1)
    expect(await expectWhole()).toBeGreaterThan(20)
  })
})

describe('personal texts', () => {
  it('[PL-12] never reach the table: only a ciphertext apart from the record, and its digest in it', async () => {
    const planted = 'Zhāng Wěi-planted-4711'
    await store.append(request('person-1', 'none', { events: [{ type: 'sample.named.v1', data: { person: 'p-1', name: planted } }] }))
    const { rows } = await database.pool.query("select bytes, sealed from events where stream = 'person-1'")
    expect(JSON.stringify(rows)).not.toContain('planted')
    expect(JSON.parse(rows[0].bytes).data.name).toEqual({ sealed: expect.stringMatching(/^[\w-]{43}$/) })
    expect((await store.readStream('person-1'))[0]?.data).toEqual({ person: 'p-1', name: planted })
  })

  it('[PL-12] read as null without the key, and by everyone but the owner', async () => {
    const { shard, position } = await store.append(
      request('person-2', 'none', { events: [{ type: 'sample.named.v1', data: { person: 'p-2', name: 'Li Na' } }] }),
    )
    expect((await store.readShard(shard, position - 1, 1))[0]?.data).toEqual({ person: 'p-2', name: null })
    expect((await store.readShard(shard, position - 1, 1, { open: true }))[0]?.data).toEqual({ person: 'p-2', name: 'Li Na' })
    await database.pool.query("delete from person_keys where person = 'p-2'")
    expect((await (await open(database.pool)).readStream('person-2'))[0]?.data).toEqual({ person: 'p-2', name: null })
  })

  it('cannot be opened with another master key', async () => {
    const other = await openStore({ service: 'sample', pool: database.pool, shards: 4, masterKey: Buffer.alloc(32, 9), definitions: [named], clock: () => '' })
    await expect(other.readStream('person-1')).rejects.toThrow()
  })
})

it('cannot be opened with another number of shards', async () => {
  await expect(openStore({ service: 'sample', pool: database.pool, shards: 8, masterKey, definitions: [], clock: () => '' })).rejects.toThrow(/4 shards/)
})

it('keeps positions dense, versions contiguous and every acknowledged append, whatever comes at once', async () => {
  const expectations = fc.oneof(fc.constantFrom<Append['expected']>('none', 'any', 'exists'), fc.integer({ min: 0, max: 6 }))
  const step = fc.record({
    stream: fc.integer({ min: 0, max: 5 }),
    expected: expectations,
    count: fc.integer({ min: 1, max: 3 }),
    repeat: fc.boolean(),
    second: fc.boolean(),
  })
  let run = 0
  const second = await open(database.pool)
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), fc.boolean(), async (steps, cut) => {
      run += 1
      const acknowledged = new Map<string, number>()
      const send = async ({ stream, expected, count, repeat, second: other }: (typeof steps)[number]): Promise<void> => {
        const one = request(`model-${run}-${stream}`, expected, {
          events: Array.from({ length: count }, (_, index) => ({ type: 'sample.counted.v1', data: { count: index } })),
        })
        try {
          await (other ? second : store).append(one)
          acknowledged.set(one.command.id, count)
          if (repeat) expect((await store.append(one)).kind).toBe('repeated')
        } catch (error) {
          expect(error).toBeInstanceOf(VersionConflict)
        }
      }
      const all = Promise.all(steps.map(send))
      // Connections that end while a batch is under way: its outcome is unknown, and it is sent again.
      if (cut)
        await database.pool
          .query(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query like '%append_batch%'",
          )
          .catch(() => {})
      await all
      const kept = new Map<string, number>()
      for (const stream of new Set(steps.map((each) => each.stream)))
        for (const fact of await store.readStream(`model-${run}-${stream}`)) kept.set(fact.command, (kept.get(fact.command) ?? 0) + 1)
      expect(kept).toEqual(acknowledged)
    }),
    { numRuns: 25 },
  )
  await expectWhole()
})
