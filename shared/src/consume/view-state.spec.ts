import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { closed, freshService, raised, silent } from '../testing/fresh-service.ts'
import { add, patch, put, remove, view, when } from '../view.ts'
import { type Consumption, consumption } from './consumption.ts'
import { foldView, refoldView, viewFold } from './fold-view.ts'
import { type Position, replayed } from './replayed.ts'
import { hashOfRows, type TableRows } from './state-hash.ts'
import { rowsOf, stateOf } from './view-state.ts'
import { runViews, type Views } from './views.ts'

/** Every kind of operation and column, keys of two parts, and one beyond the letters that are compared alike everywhere. */
const kinds = view({
  name: 'kinds',
  version: 3,
  tables: {
    total: { columns: { counter: 'text', sum: 'bigint', share: 'double precision', closed: 'boolean' }, key: ['counter'] },
    last: { columns: { counter: 'text', by: 'integer', note: 'text', more: 'jsonb', words: 'text[]' }, key: ['counter', 'by'] },
  },
  on: [
    when(raised, ({ data: { counter, by, note } }) => [
      add('total', { counter }, { sum: by, share: 0.1 }),
      put('last', { counter, by, note: note ?? null, more: { z: [1.5, null], a: { 'ü 𝄞': true } }, words: ['b', 'a'] }),
    ]),
    when(closed, ({ data: { counter } }) => [patch('total', { counter }, { closed: true }), remove('last', { counter, by: 1 })]),
  ],
})

/** UTF-16 and UTF-8 order the last two differently, and languages most of them. */
const letters = [...'a B-ü9\uffee𝄞']
let fresh: Awaited<ReturnType<typeof freshService>>
let kit: Consumption
let views: Views
const heads = async (): Promise<Position[]> => [...(await fresh.store.heads())].map(([shard, position]) => ({ service: 'alpha', shard, position }))
const replay = (source: { shard: number }, after: number, limit: number) => fresh.store.readShard(source.shard, after, limit, { open: true })

beforeAll(async () => {
  fresh = await freshService()
  kit = consumption({ service: 'alpha', pool: fresh.pool, log: fresh.log.logOf('alpha'), shards: 2, logger: silent })
  views = await runViews({ views: [kinds], pool: fresh.pool, consumers: kit, logger: silent })
  await kit.start()
  for (let round = 1; round <= 60; round++)
    await fresh.raise(`c${letters[round % letters.length]}${round % 4}`, round % 5, round % 3 === 0 ? '一 "line"' : undefined)
  await fresh.append('counter-cB2', [{ type: closed.type, data: { counter: 'cB2' } }])
  for (const { shard, position } of await heads()) await views.waitFor({ service: 'alpha', shard }, position, 5_000)
})
afterAll(async () => {
  await views.close()
  await kit.close()
  await fresh.drop()
})

describe('the state of a view', () => {
  it('[PL-06] is the same bytes in its tables and folded anew from history, up to the positions it names', async () => {
    const state = await stateOf(fresh.pool, kinds)
    const running = await rowsOf(fresh.pool, kinds)
    const refolded = await refoldView(kinds, state.positions, replay)
    expect(refolded).toEqual(running.rows)
    expect(hashOfRows(kinds, refolded)).toBe(state.hash)
    expect(state).toMatchObject({ version: 3, parked: 0, positions: await heads(), rows: [...refolded.values()].flat().length })
    expect([...refolded.values()].map((rows) => rows.length)).toEqual([39, 8])
  })

  it('[PL-05] [PL-06] is folded as of earlier positions, and knows nothing of what came after them', async () => {
    const earlier = (await heads()).map((each) => ({ ...each, position: Math.floor(each.position / 2) }))
    const all = (await Promise.all(earlier.map(({ shard, position }) => fresh.store.readShard(shard, 0, position, { open: true })))).flat()
    const rows = await refoldView(kinds, earlier, replay)
    expect(rows).toEqual(foldView(kinds, all))
    expect(hashOfRows(kinds, rows)).not.toBe((await stateOf(fresh.pool, kinds)).hash)
    await expect(refoldView(kinds, [{ service: 'alpha', shard: 0, position: 10_000 }], replay)).rejects.toThrow('10000 was asked for')
  })

  it('[PL-06] is another with one changed row, one row less, or the same row in another table', async () => {
    const { hash } = await stateOf(fresh.pool, kinds)
    const schema = (await fresh.pool.query<{ schema: string }>(`select schema from views where state = 'active'`)).rows[0]?.schema as string
    for (const [spoil, mend] of [
      [`update ${schema}.total set sum = sum + 1 where counter = 'ca0'`, `update ${schema}.total set sum = sum - 1 where counter = 'ca0'`],
      [`insert into ${schema}.last (counter, by) values ('zz', 1)`, `delete from ${schema}.last where counter = 'zz'`],
    ] as const) {
      await fresh.pool.query(spoil)
      expect((await stateOf(fresh.pool, kinds)).hash).not.toBe(hash)
      await fresh.pool.query(mend)
      await eventually(
        async () => (await stateOf(fresh.pool, kinds)).hash,
        (found) => found === hash,
      )
    }
    const one = { counter: 'c', by: 1 }
    const [first, second] = [new Map([['last', [one]]]), new Map([['total', [one]]])]
    expect(hashOfRows(kinds, first)).not.toBe(hashOfRows(kinds, second))
  })

  it('[PL-12] holds nothing of who was erased, in the rows that its declaration names', async () => {
    const fold = viewFold({ ...kinds, personal: { last: { person: 'counter', clear: ['note'] }, total: { person: 'counter', clear: 'rows' } } })
    for await (const facts of replayed(await heads(), replay)) fold.take(facts)
    const notes = (rows: TableRows) => rows.get('last')?.flatMap(({ counter, note }) => (note === null ? [] : [counter]))
    const [before, after] = [fold.rows(), fold.rows(new Set(['c 1']))]
    expect(notes(before)).toContain('c 1')
    expect(notes(after)).toEqual(notes(before)?.filter((counter) => counter !== 'c 1'))
    expect(after.get('total')).toEqual(before.get('total')?.filter(({ counter }) => counter !== 'c 1'))
  })

  it('[PL-06] is written so that anybody can write it again: names and rows, each behind its length', () => {
    const framed = (text: string): Buffer => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(Buffer.byteLength(text))
      return Buffer.concat([length, Buffer.from(text)])
    }
    const bytes = Buffer.concat(['last', '{"by":2,"counter":"é"}', '{"by":10,"counter":"𝄞"}', 'total'].map(framed))
    const rows = new Map([
      [
        'last',
        [
          { counter: '𝄞', by: 10 },
          { counter: 'é', by: 2 },
        ],
      ],
    ])
    expect(hashOfRows(kinds, rows)).toBe(createHash('sha256').update(bytes).digest('base64'))
  })
})
