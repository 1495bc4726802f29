import fc from 'fast-check'
import Type from 'typebox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { event, type Recorded } from '../aggregate.ts'
import { inTransaction } from '../consume/transaction.ts'
import { destroyTexts } from '../erasure/destroy.ts'
import { newId } from '../ids.ts'
import { migrate } from '../migrate.ts'
import { Personal } from '../schema.ts'
import { testDatabase } from '../testing/database.ts'
import { type Append, openStore, type Store } from './store.ts'
import { openVault } from './vault.ts'

const noted = event(
  'sample.noted.v1',
  Type.Object({ person: Type.String(), first: Personal(Type.String()), second: Type.Optional(Personal(Type.String())), open: Type.String() }),
)
const masterKey = Buffer.alloc(32, 5)

let database: Awaited<ReturnType<typeof testDatabase>>
let store: Store
const open = (): Promise<Store> => openStore({ service: 'sample', pool: database.pool, masterKey, definitions: [noted], clock: () => new Date().toISOString() })
beforeAll(async () => {
  database = await testDatabase()
  await migrate(database.pool, new URL('./migrations/', import.meta.url), 'store')
  store = await open()
})
afterAll(async () => {
  await store.close()
  await database.drop()
})

const note = (stream: string, data: Record<string, unknown>): Append => {
  const id = newId()
  return {
    ...{ stream, expected: 'any', command: { id, fingerprint: '' }, unit: 'fed', actor: { person: null, post: null, system: 'spec' } },
    ...{ correlation: id, causation: id, occurred: '2026-10-01T00:00:00.000Z', reason: null, policies: {}, events: [{ type: noted.type, data }] },
  } as Append
}
const dataOf = async (from: Store, stream: string): Promise<unknown[]> => (await from.readStream(stream)).map((fact) => fact.data)

it('[PL-12] stores no personal text anywhere, whatever the text is, and gives it back to its owner', async () => {
  const marked = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => `${text.toWellFormed().replaceAll('\u0000', '')}Ⓟplanted`)
  await fc.assert(
    fc.asyncProperty(fc.uuid(), marked, marked, async (id, first, second) => {
      const data = { person: `p-${id}`, first, second, open: 'seen' }
      await store.append(note(`note-${id}`, data))
      expect(await dataOf(await open(), `note-${id}`)).toEqual([data])
    }),
    { numRuns: 20 },
  )
  const { rows } = await database.pool.query<{ count: number }>(
    `select count(*)::int from (select to_jsonb(e)::text t from events e union all select to_jsonb(k)::text from person_keys k) x where t like '%planted%'`,
  )
  expect(rows[0]?.count).toBe(0)
  expect((await database.pool.query("select count(*)::int from events where bytes like '%seen%'")).rows[0].count).toBe(20)
})

it('[PL-12] keeps null what was null, and tells two equal short texts apart', async () => {
  await store.append(note('note-short', { person: 'p-short', first: '', second: '', open: '' }))
  await store.append(note('note-null', { person: 'p-short', first: null, open: '' }))
  expect(await dataOf(store, 'note-short')).toEqual([{ person: 'p-short', first: '', second: '', open: '' }])
  expect(await dataOf(store, 'note-null')).toEqual([{ person: 'p-short', first: null, open: '' }])
})

const fact = (person: string): Recorded => ({ id: newId(), data: { person }, unit: 'fed', correlation: newId() }) as unknown as Recorded

it('[PL-12] destroys key and ciphertext for good, and stores nothing personal of somebody who was erased', async () => {
  await store.append(note('note-gone', { person: 'p-gone', first: 'before', open: 'stays' }))
  await store.append(note('note-other', { person: 'p-other', first: 'kept', open: 'stays' }))
  const [before] = await store.readStream('note-gone')
  await inTransaction(database.pool, (tx) => destroyTexts(tx, [fact('p-gone'), fact('p-gone')]))
  store.forgetOpened()
  await expect(store.append(note('note-gone', { person: 'p-gone', first: 'after', open: 'stays' }))).rejects.toMatchObject({ code: 'person-erased' })
  const later = await open()
  for (const reader of [store, later]) {
    expect(await dataOf(reader, 'note-gone')).toEqual([{ person: 'p-gone', first: null, open: 'stays' }])
    expect((await reader.readStream('note-gone'))[0]?.bytes).toBe(before?.bytes)
    expect(await dataOf(reader, 'note-other')).toEqual([{ person: 'p-other', first: 'kept', open: 'stays' }])
  }
  await later.close()
  const { rows } = await database.pool.query("select count(*)::int from events where stream = 'note-gone' and sealed is not null")
  expect(rows[0].count).toBe(0)
  expect((await database.pool.query("select texts from erased_persons where person = 'p-gone'")).rows).toEqual([{ texts: 1 }])
})

it('[PL-12] leaves no ciphertext of a fact that was being stored while its key was destroyed, in whichever process', async () => {
  const others = await open()
  for (const round of Array.from({ length: 10 }, (_, index) => `p-race-${index}`)) {
    await others.append(note(`race-${round}`, { person: round, first: 'first', open: '' }))
    const appends = Array.from({ length: 20 }, (_, index) =>
      others.append(note(`race-${round}-${index}`, { person: round, first: 'planted in a race', open: '' })),
    )
    await inTransaction(database.pool, (tx) => destroyTexts(tx, [fact(round)]))
    // Its own process still has the key open: nobody told it.
    await Promise.allSettled([...appends, others.append(note(`race-${round}-late`, { person: round, first: 'late', open: '' }))])
  }
  const { rows } = await database.pool.query("select count(*)::int, count(sealed)::int as sealed from events where stream like 'race-p-race-%'")
  expect(rows[0].count).toBeGreaterThan(100)
  expect(rows[0].sealed).toBe(0)
  await others.close()
})

it('[PL-12] takes the mark of the command with the text: a hash over its input would let a short text be guessed', async () => {
  const marked = { ...note('note-mark', { person: 'p-mark', first: 'x', open: '' }) }
  await store.append({ ...marked, command: { id: newId(), fingerprint: 'hash-of-the-input' } })
  await store.append({ ...note('note-mark', { person: 'p-kept', first: 'x', open: '' }), command: { id: newId(), fingerprint: 'another-hash' } })
  await inTransaction(database.pool, (tx) => destroyTexts(tx, [fact('p-mark')]))
  const { rows } = await database.pool.query("select fingerprint from events where stream = 'note-mark' order by version")
  expect(rows.map((row) => row.fingerprint)).toEqual(['erased', 'another-hash'])
})

it('[PL-12] reads null where the ciphertext is gone', async () => {
  await store.append(note('note-wiped', { person: 'p-wiped', first: 'text', open: '' }))
  await database.pool.query("update events set sealed = null where stream = 'note-wiped'")
  expect(await dataOf(store, 'note-wiped')).toEqual([{ person: 'p-wiped', first: null, open: '' }])
})

it('opens a text only in the event and the field that it was sealed for', async () => {
  const vault = openVault(database.pool, masterKey)
  const [one, other] = [newId(), newId()]
  const { data, sealed } = await vault.seal(one, { person: 'p-bound', first: 'mine' }, ['first'])
  const bytes = (id: string, of: unknown): string => JSON.stringify({ id, data: of })
  expect((await vault.decode([{ bytes: bytes(one, data), sealed }]))[0]?.data).toEqual({ person: 'p-bound', first: 'mine' })
  await expect(vault.decode([{ bytes: bytes(other, data), sealed }])).rejects.toThrow()
  await expect(vault.decode([{ bytes: bytes(one, { person: 'p-bound', second: data.first }), sealed }])).rejects.toThrow()
})

it('makes one key a person, also for a thousand at once in two processes', async () => {
  const persons = Array.from({ length: 500 }, (_, index) => `p-many-${index}`)
  const others = await open()
  await Promise.all([store, others].flatMap((each) => persons.map((person) => each.append(note(`many-${person}`, { person, first: person, open: '' })))))
  const { rows } = await database.pool.query(
    "select count(*)::int as keys, count(distinct person)::int as persons from person_keys where person like 'p-many-%'",
  )
  expect(rows[0]).toEqual({ keys: 500, persons: 500 })
  expect(await dataOf(await open(), 'many-p-many-7')).toEqual(Array(2).fill({ person: 'p-many-7', first: 'p-many-7', open: '' }))
  await others.close()
})

it('refuses definitions whose personal texts could not be sealed', async () => {
  const opening = (schema: Parameters<typeof event>[1]) =>
    openStore({ service: 'sample', pool: database.pool, masterKey, definitions: [event('sample.bad.v1', schema)], clock: () => '' })
  await expect(opening(Type.Object({ name: Personal(Type.String()) }))).rejects.toThrow(/no field "person"/)
  await expect(opening(Type.Object({ person: Type.String(), inner: Type.Object({ name: Personal(Type.String()) }) }))).rejects.toThrow(/inside inner/)
})
