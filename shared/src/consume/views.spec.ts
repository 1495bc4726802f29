import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { closed, freshService, raised, silent } from '../testing/fresh-service.ts'
import { add, patch, put, type RowOperation, remove, type View, view, when } from '../view.ts'
import { type Consumption, consumption } from './consumption.ts'
import { foldOperations, foldRows } from './rows.ts'
import { inTransaction } from './transaction.ts'
import { createTables, tableWriter } from './view-tables.ts'
import { runViews, type Views } from './views.ts'

const totals = (version: number, factor = 1): View =>
  view({
    name: 'counter-totals',
    version,
    tables: { total: { columns: { counter: 'text', sum: 'bigint', raises: 'integer', closed: 'boolean' }, key: ['counter'], indexes: ['(sum)'] } },
    on: [
      when(raised, ({ data }) => [add('total', { counter: data.counter }, { sum: data.by * factor, raises: 1 })]),
      when(closed, ({ data }) => [patch('total', { counter: data.counter }, { closed: true })]),
    ],
  })

let fresh: Awaited<ReturnType<typeof freshService>>
const ends: (() => Promise<void>)[] = []
beforeEach(async () => {
  fresh = await freshService()
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
  await fresh.drop()
})

const start = async (views: readonly View[]): Promise<{ views: Views; kit: Consumption; end: () => Promise<void> }> => {
  const log = fresh.log.logOf('alpha')
  const kit = consumption({ service: 'alpha', pool: fresh.pool, log, shards: 2, logger: silent })
  const running = await runViews({ views, pool: fresh.pool, consumers: kit, logger: silent })
  await kit.start()
  let ended = false
  const end = async (): Promise<void> => {
    if (ended) return
    ended = true
    await running.close()
    await kit.close()
    await log.close()
  }
  ends.push(end)
  return { views: running, kit, end }
}
const raiseMany = (count: number, counters = 7) => Promise.all(Array.from({ length: count }, (_, index) => fresh.raise(`c${index % counters}`)))
const sumOf = async (views: Views, of: View): Promise<number> =>
  Number((await views.query<{ sum: string | null }>(of, 'select sum(sum) as sum from {total}'))[0]?.sum ?? 0)
const builds = async (): Promise<string[]> =>
  (await fresh.pool.query('select schema, state from views order by created_at')).rows.map((row) => `${row.schema} ${row.state}`)

describe('a view', () => {
  it('is built from the beginning, follows live, and shows at once what a waiting reader gave', async () => {
    const one = totals(1)
    await raiseMany(50)
    const { views } = await start([one])
    const { shard, position } = await fresh.raise('c1', 100)
    expect(await views.waitFor({ service: 'alpha', shard }, position, 2_000)).toBe(true)
    const rows = await views.query(one, 'select sum, raises, closed from {total} where counter = $1', ['c1'])
    expect(rows).toEqual([{ sum: '107', raises: 8, closed: null }])
    expect(await views.waitFor({ service: 'alpha', shard }, position + 1, 50)).toBe(false)
    expect(await views.waitFor({ service: 'beta', shard }, 5, 50)).toBe(true)
  })

  it('tells its listeners after the commit which units the facts were about', async () => {
    const one = totals(1)
    const { views } = await start([one])
    const heard: string[] = []
    const sums: Promise<number>[] = []
    const stop = views.onChange(one, (units) => {
      heard.push(...units)
      sums.push(sumOf(views, one))
    })
    await fresh.raise('c1', 5)
    await eventually(
      () => heard,
      (units) => units.length === 1,
    )
    expect([heard, await sums[0]]).toEqual([['campus'], 5])
    stop()
    await fresh.raise('c1', 5)
    await eventually(
      () => sumOf(views, one),
      (sum) => sum === 10,
    )
    expect(heard.length).toBe(1)
  })

  it('of a new version is built beside the old one while facts keep coming, and takes its place without a gap', async () => {
    const one = totals(1)
    const two = totals(2, 1000)
    await raiseMany(2_000)
    const old = await start([one])
    await eventually(
      () => sumOf(old.views, one),
      (sum) => sum === 2_000,
    )
    let isWriting = true
    let written = 0
    const writing = (async () => {
      while (isWriting) {
        await raiseMany(20)
        written += 20
      }
    })()
    // The old process still runs while the new one builds, as in a rolling update.
    const fresher = await start([two])
    const seen: number[] = []
    await eventually(
      async () => {
        seen.push(await sumOf(fresher.views, two))
        return builds()
      },
      (found) => found.includes('view_counter_totals_v2 active'),
    )
    await new Promise((resolve) => setTimeout(resolve, 200))
    isWriting = false
    await writing
    const sum = (2_000 + written) * 1000
    await eventually(
      () => sumOf(fresher.views, two),
      (found) => found === sum,
    )
    // The old tables answered until the new ones were complete: nobody saw them half built.
    expect(seen.filter((each) => each < 2_000 || (each > 1_000_000 && each < 2_000_000))).toEqual([])
    expect(await builds()).toEqual(['view_counter_totals_v1 retired', 'view_counter_totals_v2 active'])
  })

  it('is rebuilt on demand beside the active one, and what an earlier flip left is dropped', async () => {
    const one = totals(1)
    await raiseMany(500)
    const { views } = await start([one])
    await eventually(
      () => sumOf(views, one),
      (sum) => sum === 500,
    )
    await fresh.pool.query('update view_counter_totals_v1.total set sum = 0')
    await views.rebuild(one)
    await eventually(builds, (found) => found.includes('view_counter_totals_v1_2 active'))
    expect(await sumOf(views, one)).toBe(500)
    await views.rebuild(one)
    await eventually(builds, (found) => found.includes('view_counter_totals_v1_3 active'))
    expect(await builds()).toEqual(['view_counter_totals_v1_2 retired', 'view_counter_totals_v1_3 active'])
    await raiseMany(10)
    await eventually(
      () => sumOf(views, one),
      (sum) => sum === 510,
    )
  })

  it('says so when a query names a table that it does not have', async () => {
    const one = totals(1)
    const { views } = await start([one])
    await expect(views.query(one, 'select * from {totals}')).rejects.toThrow('View counter-totals has no table "totals"; it has total')
  })

  it('shows what the same facts fold to in memory', async () => {
    const one = totals(1)
    const { views } = await start([one])
    await raiseMany(300)
    await fresh.append('counter-c3', [{ type: closed.type, data: { counter: 'c3' } }])
    await eventually(
      () => views.query(one, 'select 1 from {total} where closed'),
      (rows) => rows.length === 1,
    )
    await eventually(
      () => sumOf(views, one),
      (sum) => sum === 300,
    )
    const events = (await Promise.all([0, 1].map((shard) => fresh.store.readShard(shard, 0, 1_000)))).flat()
    const memory = [...(foldRows(one, events).get('total')?.values() ?? [])]
    const rows = await views.query<{ counter: string; sum: string }>(one, 'select * from {total} order by counter')
    expect(rows.map((row) => ({ ...row, sum: Number(row.sum) }))).toEqual(memory.toSorted((a, b) => ((a.counter as string) < (b.counter as string) ? -1 : 1)))
  })
})

describe('row operations', () => {
  const many = view({
    name: 'many',
    version: 1,
    tables: {
      wide: { columns: { a: 'text', b: 'integer', n: 'bigint', x: 'double precision', t: 'text', j: 'jsonb', l: 'text[]' }, key: ['a', 'b'] },
      bare: { columns: { k: 'text' }, key: ['k'] },
    },
    on: [],
  })
  const key = fc.record({ a: fc.constantFrom('p', 'q"\\', '学生会'), b: fc.integer({ min: 0, max: 1 }) })
  const values = fc.record(
    {
      n: fc.option(fc.integer({ min: -1_000, max: 1_000 })),
      x: fc.option(fc.constantFrom(0.5, -2.25, 1e9)),
      t: fc.option(fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\u0000', '').toWellFormed())),
      j: fc.option(fc.constantFrom({ en: 'x', zh: '一' }, [1, 'two'], 'text', true)),
      l: fc.option(fc.array(fc.constantFrom('a', 'b,c', '"'))),
    },
    { requiredKeys: [] },
  )
  const amounts = fc.record({ n: fc.integer({ min: -9, max: 9 }), x: fc.constantFrom(0.25, 1) }, { requiredKeys: [] })
  const operation: fc.Arbitrary<RowOperation> = fc.oneof(
    fc.tuple(key, values).map(([at, row]) => put('wide', { ...row, ...at })),
    fc.tuple(key, values).map(([at, set]) => patch('wide', at, set)),
    fc.tuple(key, amounts).map(([at, by]) => add('wide', at, by)),
    key.map((at) => remove('wide', at)),
    fc.constantFrom('1', '2').map((k) => put('bare', { k })),
    fc.constantFrom('1', '2').map((k) => remove('bare', { k })),
  )

  it('mean the same as sets, one by one, and in memory', async () => {
    const schemas = ['as_sets', 'one_by_one', 'from_memory'] as const
    for (const schema of schemas) for (const statement of createTables(many, schema)) await fresh.pool.query(statement)
    const [asSets, oneByOne, fromMemory] = [tableWriter(many, schemas[0]), tableWriter(many, schemas[1]), tableWriter(many, schemas[2])]
    const rowsOf = async (schema: string): Promise<unknown[]> =>
      (
        await fresh.pool.query(
          `select (select json_agg(w order by a collate "C", b) from ${schema}.wide w) as wide, (select json_agg(k order by k) from ${schema}.bare k) as bare`,
        )
      ).rows
    let longest = 0
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 12 }), fc.array(operation, { maxLength: 12 }), async (before, after) => {
        const operations = [...before, ...after]
        const memory = [...foldOperations(many, operations)].flatMap(([table, rows]) => [...rows.values()].map((row) => put(table, row)))
        longest = Math.max(longest, memory.length)
        await inTransaction(fresh.pool, async (tx) => {
          for (const schema of schemas) await tx.query(`delete from ${schema}.wide; delete from ${schema}.bare`)
          await asSets(tx, before)
          await asSets(tx, after)
          for (const each of operations) await oneByOne(tx, [each])
          for (const each of memory) await fromMemory(tx, [each])
        })
        const expected = await rowsOf('one_by_one')
        expect(await rowsOf('as_sets')).toEqual(expected)
        expect(await rowsOf('from_memory')).toEqual(expected)
      }),
      { numRuns: 60 },
    )
    expect(longest).toBeGreaterThan(3)
  })
})
