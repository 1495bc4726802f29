import pg from 'pg'
import { throughput } from './figure.ts'
import { growingStore } from './growing-store.ts'

/** One of several processes that append to the same shards: tells its appends a second and ends. */
const [url, ms] = process.argv.slice(2) as [string, string]
const pool = new pg.Pool({ connectionString: url, max: 8 })
const { appendOne } = await growingStore(pool)
await throughput(64, Number(ms) / 4, appendOne)
process.send?.(await throughput(64, Number(ms), appendOne))
process.exit()
