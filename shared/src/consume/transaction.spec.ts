import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LineProxy, openProxy } from '../../../infra/faults/proxy.ts'
import { isOutage } from '../outage.ts'
import { testDatabase } from '../testing/database.ts'
import { inTransaction } from './transaction.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let proxy: LineProxy
let pool: pg.Pool

beforeAll(async () => {
  database = await testDatabase()
  const url = new URL(database.url)
  proxy = await openProxy(url.host)
  url.host = proxy.address
  pool = new pg.Pool({ connectionString: url.toString(), max: 1, query_timeout: 500, pipeline: true } as pg.PoolConfig)
  pool.on('error', () => {})
})
afterAll(async () => {
  await pool.end()
  await proxy.close()
  await database.drop()
})

it('a connection on which nothing comes back any more is given up at once, as an outage; the next transaction has another', async () => {
  await inTransaction(pool, (tx) => tx.query('select 1'))
  proxy.set({ kind: 'dead' })
  const began = performance.now()
  const error = await inTransaction(pool, (tx) => tx.query('select 1')).catch((each: unknown) => each)
  expect(isOutage(error), String(error)).toBe(true)
  expect(performance.now() - began, 'no second wait for a rollback').toBeLessThan(950)
  proxy.set({ kind: 'open' })
  expect((await inTransaction(pool, (tx) => tx.query('select 2 as two'))).rows).toEqual([{ two: 2 }])
})
