import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import Type from 'typebox'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { event } from '../aggregate.ts'
import { newId } from '../ids.ts'
import { migrate } from '../migrate.ts'
import { deadlineIn, withDeadline } from '../overload/deadline.ts'
import { testDatabase } from '../testing/database.ts'
import { openStore, type Store } from './store.ts'

const counted = event('sample.counted.v1', Type.Object({ count: Type.Integer() }))

let database: Awaited<ReturnType<typeof testDatabase>>
let pool: pg.Pool
let store: Store
let statements = 0
/** Whoever asks waits for this first: a database that is busy. */
let held: Promise<unknown> = Promise.resolve()

beforeAll(async () => {
  database = await testDatabase()
  await migrate(database.pool, new URL('./migrations/', import.meta.url), 'store')
  pool = new pg.Pool({ connectionString: database.url, max: 8 })
  const query = pool.query.bind(pool) as (...given: unknown[]) => Promise<unknown>
  Object.assign(pool, {
    query: async (given: { name?: string }) => {
      if (given.name !== 'store-newer') return query(given)
      statements += 1
      await held
      return query(given)
    },
  })
  store = await openStore({ service: 'sample', pool, shards: 4, masterKey: Buffer.alloc(32), definitions: [counted], clock: () => new Date().toISOString() })
})
afterEach(() => {
  statements = 0
  held = Promise.resolve()
})
afterAll(async () => {
  await store.close()
  await pool.end()
  await database.drop()
})

const append = (stream: string, counts: readonly number[]) =>
  store.append({
    stream,
    expected: 'any',
    command: { id: newId(), fingerprint: '' },
    unit: 'fed',
    actor: { person: 'p1', post: null, system: null },
    correlation: 'c1',
    causation: 'c1',
    occurred: '2026-10-01T00:00:00.000Z',
    reason: null,
    policies: {},
    events: counts.map((count) => ({ type: counted.type, data: { count } })),
  })
const newer = async (stream: string, version: number): Promise<number[]> =>
  (await store.newerFacts(stream, version)).map(({ data }) => (data as { count: number }).count)

it('many who ask at once are told their own, each from their version on, by one statement', async () => {
  await Promise.all(Array.from({ length: 400 }, (_, n) => append(`many-${n}`, [n, n + 1, n + 2])))
  const answers = await Promise.all(Array.from({ length: 400 }, (_, n) => newer(`many-${n}`, n % 4)))
  expect(answers).toEqual(Array.from({ length: 400 }, (_, n) => [n, n + 1, n + 2].slice(n % 4)))
  expect(statements).toBe(1)
  expect(await newer('nobody', 0)).toEqual([])
  expect(await newer('many-1\u0001many-2', 0)).toEqual([])
  const all = await Promise.all(Array.from({ length: 1_200 }, (_, n) => newer(`many-${n}`, 0)))
  expect(all.flat()).toHaveLength(1_200)
})

it('who asks the same in the same moment shares the answer; who asks later is told what came meanwhile, though the first still waits', async () => {
  await append('shared', [1])
  const release = Promise.withResolvers<void>()
  held = release.promise
  const first = [newer('shared', 0), newer('shared', 0)]
  await sleep(20)
  expect(statements).toBe(1)
  held = Promise.resolve()
  await append('shared', [2])
  expect(await newer('shared', 0)).toEqual([1, 2])
  expect(statements).toBe(2)
  release.resolve()
  // It was under way when the second fact came, and may have either.
  expect((await Promise.all(first)).map((each) => each[0])).toEqual([1, 1])
})

it('who has a deadline is told when it is over; who shares the question without one is answered all the same', async () => {
  await append('late', [7])
  const release = Promise.withResolvers<void>()
  held = release.promise
  const hurried = withDeadline(deadlineIn(50), () => newer('late', 0)).catch((error: unknown) => error)
  const patient = newer('late', 0)
  expect(await hurried).toMatchObject({ code: 'too-late' })
  release.resolve()
  expect(await patient).toEqual([7])
})

it('what fails is told to all who asked, and the next question is a new one', async () => {
  held = Promise.reject(new Error('no database'))
  held.catch(() => {})
  const failed = await Promise.all([newer('late', 0), newer('shared', 0)].map((each) => each.catch((error: Error) => error.message)))
  expect(failed).toEqual(['no database', 'no database'])
  held = Promise.resolve()
  expect(await newer('late', 0)).toEqual([7])
})
