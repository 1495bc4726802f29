import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { expect, it } from 'vitest'
import { openProxy } from '../../../infra/faults/proxy.ts'
import { isOutage } from '../outage.ts'
import { testDatabase } from '../testing/database.ts'
import { deadlineIn, withDeadline } from './deadline.ts'
import { queryInTime } from './query-in-time.ts'

it('a connection that is lost under a query of a request is that request’s misfortune, not the end of the process', async () => {
  const database = await testDatabase()
  const url = new URL(database.url)
  const proxy = await openProxy(url.host)
  url.host = proxy.address
  const pool = new pg.Pool({ connectionString: url.toString(), max: 2, pipeline: true } as pg.PoolConfig)
  const ended: unknown[] = []
  const note = (error: unknown): void => void ended.push(error)
  pool.on('error', () => {})
  process.on('uncaughtException', note)
  try {
    const asked = withDeadline(deadlineIn(5_000), () => queryInTime(pool, { text: 'select pg_sleep(3)' }).catch((error: unknown) => error))
    await sleep(300)
    proxy.set({ kind: 'cut' })
    expect(isOutage(await asked)).toBe(true)
    proxy.set({ kind: 'open' })
    const again = await withDeadline(deadlineIn(5_000), () => queryInTime(pool, { text: 'select 1 as one' }))
    expect(again.rows).toEqual([{ one: 1 }])
    expect(ended).toEqual([])
  } finally {
    process.off('uncaughtException', note)
    await pool.end()
    await proxy.close()
    await database.drop()
  }
})
