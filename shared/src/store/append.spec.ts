import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import pg from 'pg'
import Type from 'typebox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openProxy } from '../../../infra/faults/proxy.ts'
import { event, type Recorded } from '../aggregate.ts'
import { newId } from '../ids.ts'
import { migrate } from '../migrate.ts'
import { testDatabase } from '../testing/database.ts'
import { type Append, type Appended, openStore, type Store, StoreUnavailable, VersionConflict } from './store.ts'

const counted = event('sample.counted.v1', Type.Object({ count: Type.Integer() }))

let database: Awaited<ReturnType<typeof testDatabase>>
const stores: Store[] = []
const open = async (pool = database.pool): Promise<Store> => {
  const store = await openStore({
    ...{ service: 'sample', pool, shards: 2, masterKey: Buffer.alloc(32), definitions: [counted] },
    clock: () => new Date().toISOString(),
  })
  stores.push(store)
  return store
}
beforeAll(async () => {
  database = await testDatabase()
  await migrate(database.pool, new URL('./migrations/', import.meta.url), 'store')
})
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()))
  await database.drop()
})

const request = (stream: string, expected: Append['expected'] = 'any', count = 1, id = newId()): Append => ({
  ...{ stream, expected, command: { id, fingerprint: '' }, unit: 'fed', actor: { person: null, post: null, system: 'spec' } },
  ...{ correlation: id, causation: id, occurred: '2026-10-01T00:00:00.000Z', reason: null, policies: {} },
  events: Array.from({ length: count }, (_, index) => ({ type: counted.type, data: { count: index } })),
})
/** Ends the connections that write, as a failover would. */
const kill = () =>
  database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and query like 'select * from append_batch%'`,
  )

const holds = (expected: Append['expected'], version: number): boolean =>
  expected === 'any' || (expected === 'exists' ? version > 0 : version === (expected === 'none' ? 0 : expected))

it('keeps every answer it gave, whoever races for a shard and whatever connection ends meanwhile', async () => {
  const racing = await Promise.all([open(), open(), open()])
  const step = fc.record({
    ...{ store: fc.nat(2), stream: fc.nat(4), count: fc.integer({ min: 1, max: 3 }), repeats: fc.nat(2) },
    expected: fc.oneof(fc.constantFrom<Append['expected']>('none', 'any', 'exists'), fc.nat(8)),
  })
  let run = 0
  let killed = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 200 }), async (steps) => {
      run += 1
      let racingStill = true
      const killer = (async () => {
        for (; racingStill; await sleep(40)) killed += (await kill()).rowCount ?? 0
      })()
      const sent = steps.map((each) => ({ ...each, request: request(`race-${run}-${each.stream}`, each.expected, each.count) }))
      const outcomes = await Promise.all(
        sent.map(async (each) => {
          // The same command again, through another store: the answer must be the same.
          const [first, ...others] = await Promise.allSettled(
            Array.from({ length: 1 + each.repeats }, (_, turn) => racing[(each.store + turn) % 3]?.append(each.request) as Promise<Appended>),
          )
          return { ...each, answers: [first as PromiseSettledResult<Appended>, ...others] }
        }),
      )
      racingStill = false
      await killer

      const facts = new Map<string, Recorded[]>()
      for (const stream of new Set(sent.map((each) => each.request.stream)))
        for (const fact of await (racing[0] as Store).readStream(stream)) facts.set(fact.command, [...(facts.get(fact.command) ?? []), fact])
      for (const { request: asked, answers, count } of outcomes) {
        const kept = facts.get(asked.command.id) ?? []
        facts.delete(asked.command.id)
        if (kept.length > 0) expect(holds(asked.expected, (kept[0] as Recorded).version - 1)).toBe(true)
        for (const answer of answers) {
          if (answer.status === 'fulfilled') {
            const last = kept.at(-1)
            expect(kept).toHaveLength(count)
            expect(answer.value).toMatchObject({ version: last?.version, shard: last?.shard, position: last?.position })
          } else {
            expect(answer.reason).toBeInstanceOf(VersionConflict)
            expect(holds(asked.expected, (answer.reason as VersionConflict).actual)).toBe(false)
          }
        }
      }
      expect(facts.size).toBe(0)
    }),
    { numRuns: 12 },
  )
  expect(killed).toBeGreaterThan(5)
  for (const [shard, head] of await (racing[0] as Store).heads()) {
    const all = await (racing[0] as Store).readShard(shard, 0, 1_000_000)
    expect(all.map((fact) => fact.position)).toEqual(Array.from({ length: head }, (_, index) => index + 1))
    const versions = new Map<string, number>()
    for (const fact of all) {
      expect(fact.version).toBe((versions.get(fact.stream) ?? 0) + 1)
      versions.set(fact.stream, fact.version)
    }
  }
})

it('finds the one row that the database refuses, and stores all others of its batch', async () => {
  const store = await open()
  // Longer than an index takes: only the database itself knows.
  const bad = request(`bad-${randomBytes(5_000).toString('hex')}`)
  const good = Array.from({ length: 60 }, (_, index) => request(`good-${index}`))
  const results = await Promise.allSettled([...good.slice(0, 25), bad, ...good.slice(25)].map((each) => store.append(each)))
  expect(results.map((result) => result.status)).toEqual(good.map(() => 'fulfilled').toSpliced(25, 0, 'rejected'))
  expect((results[25] as PromiseRejectedResult).reason.message).toMatch(/index row/)
  expect(await store.command(bad.command.id)).toBeNull()
})

it('keeps the order of one caller on one stream', async () => {
  const store = await open()
  const answers = await Promise.all(Array.from({ length: 30 }, () => store.append(request('ordered'))))
  expect(answers.map((answer) => answer.version)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
})

it('burns no position and no version on what it refuses', async () => {
  const store = await open()
  const first = await store.append(request('burnt', 'none'))
  await Promise.allSettled(Array.from({ length: 50 }, () => store.append(request('burnt', 7))))
  expect(await store.append(request('burnt', 1))).toMatchObject({ version: 2, position: first.position + 1 })
})

it('turns away whom it cannot serve in time, and serves all whom it let in', async () => {
  const store = await open()
  const holder = await database.pool.connect()
  await holder.query('begin; select 1 from shards for update')
  const answers = Array.from({ length: 12_000 }, (_, index) => store.append(request(`rush-${index}`)))
  const settled = Promise.allSettled(answers)
  await sleep(50)
  await holder.query('commit')
  holder.release()
  const refused = (await settled).filter((each) => each.status === 'rejected')
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.length).toBeLessThan(12_000 - 9_000)
  expect(new Set(refused.map((each) => each.reason.code))).toEqual(new Set(['overloaded']))
  const { rows } = await database.pool.query("select count(*)::int from events where stream like 'rush-%'")
  expect(rows[0].count).toBe(12_000 - refused.length)
})

it('stores a command once though its answer was lost on the way back', async () => {
  const { hostname, port } = new URL(database.url)
  const sockets = new Set<Socket>()
  let swallowed = 0
  const between = createServer((client) => {
    const server = connect(Number(port), hostname)
    let losing = false
    client.on('data', (data) => {
      // Everything reaches the database; what it answers to the batch does not come back.
      losing ||= swallowed < 12 && data.includes('append_batch')
      server.write(data)
    })
    server.on('data', (data) => {
      if (!losing) return void client.write(data)
      swallowed += 1
      client.destroy()
    })
    for (const socket of [client, server]) {
      sockets.add(socket.on('error', () => {}))
      socket.on('close', () => {
        client.destroy()
        server.destroy()
      })
    }
  }).listen(0, '127.0.0.1')
  await once(between, 'listening')
  const url = new URL(database.url)
  url.host = `127.0.0.1:${(between.address() as AddressInfo).port}`
  const pool = new pg.Pool({ connectionString: url.toString() }).on('error', () => {})
  const store = await open(pool)
  const before = await store.heads()
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => store.append(request(`lost-${index}`, 'none'))))
  expect(swallowed).toBeGreaterThanOrEqual(12)
  expect(answers.every((answer) => answer.version === 1)).toBe(true)
  const grown = [...(await store.heads())].reduce((sum, [shard, head]) => sum + head - (before.get(shard) ?? 0), 0)
  expect(grown).toBe(20)
  await store.close()
  await pool.end()
  for (const socket of sockets) socket.destroy()
  between.close()
})

it('refuses to run where it would not see what others have just committed', async () => {
  const client = await database.pool.connect()
  const call = "select * from append_batch('{0}', '{1}', 'x', '{0}', '{1}', '{}', '', '{1}', '{1}', 'x', 't', '{', ',', '', '')"
  await client.query('begin isolation level repeatable read')
  await expect(client.query(call)).rejects.toThrow(/read committed only/)
  await client.query('rollback')
  client.release()
})

it('takes nothing after it was closed, and stores what waited', async () => {
  const store = await open()
  const waiting = Promise.all(Array.from({ length: 100 }, (_, index) => store.append(request(`last-${index}`))))
  await store.close()
  expect(await waiting).toHaveLength(100)
  await expect(store.append(request('late'))).rejects.toThrow(/closed/)
})

it('a connection that was cut off without a word is given up: who waited is told, and what they send again is stored once', async () => {
  const url = new URL(database.url)
  const proxy = await openProxy(url.host)
  url.host = proxy.address
  const pool = new pg.Pool({ connectionString: url.toString(), max: 2 })
  const store = await open(pool)
  await store.append(request('cut-off'))
  proxy.set({ kind: 'dead' })
  const again = request('cut-off')
  const waiting = store.append(again).catch((error: unknown) => error)
  await sleep(200)
  proxy.set({ kind: 'open' })
  expect(await waiting).toBeInstanceOf(StoreUnavailable)
  expect(await store.append(again)).toMatchObject({ version: 2 })
  expect((await database.pool.query(`select version from events where stream = 'cut-off'`)).rowCount).toBe(2)
  await store.close()
  await pool.end()
  await proxy.close()
}, 30_000)
