import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startPostgres } from '../engines/postgres.ts'
import { benchAppend } from './append.ts'
import { benchCheckIns } from './check-ins.ts'
import { benchEvidence } from './evidence.ts'
import type { Figure } from './figure.ts'
import { benchGrowth, benchProcesses } from './growth.ts'
import { benchHttp } from './http.ts'
import { benchLatency } from './latency.ts'
import { benchPages } from './pages.ts'
import { benchPeople } from './people.ts'
import { benchRebuild } from './rebuild.ts'
import { benchVerification } from './verification.ts'

/** `npm run bench [-- --short | --full] [-- --only append,rebuild]`: one line a figure, and all of them in var/bench.json. `--full` goes to ten million facts. */
const isShort = process.argv.includes('--short')
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1]?.split(',') : undefined
const sizes = isShort ? [2_000, 6_000] : [100_000, 1_000_000, ...(process.argv.includes('--full') ? [10_000_000] : [])]
const ms = isShort ? 500 : 4_000
const rounds = isShort ? 1 : 3

const benches: Record<string, () => Promise<Figure[]>> = {
  append: () => benchAppend(ms, rounds),
  http: () => benchHttp(ms, rounds),
  rebuild: () => benchRebuild(isShort ? 5_000 : 200_000),
  evidence: () => benchEvidence(isShort ? 5_000 : 50_000),
  verification: () => benchVerification(isShort ? 20_000 : 1_000_000, isShort ? 20 : 2_000),
  latency: () => benchLatency(isShort ? { ms: 2_000, warmings: 2, rounds: 1, perSecond: 100 } : { ms: 10_000, warmings: 6, rounds: 5, perSecond: 500 }),
  growth: () => benchGrowth(sizes, ms, rounds),
  processes: () => benchProcesses(ms),
  'check-ins': () => benchCheckIns(isShort ? 300 : 20_000),
  pages: () => benchPages(isShort ? 1 : 5),
  people: () => benchPeople(isShort ? 3_000 : 500_000, isShort ? 1_000 : 100_000),
}

/** So much memory as a machine of a few gigabytes gives it, and so much room for its log that no checkpoint meets only one of two peers. */
const settings = { max_connections: 300, shared_buffers: '1GB', min_wal_size: '2GB', max_wal_size: '4GB' }
const given = process.env.COLLEGIUM_POSTGRES_URL
const figures: Figure[] = []
for (const [name, run] of Object.entries(benches)) {
  if (only !== undefined && !only.includes(name)) continue
  // Each on a fresh one: what a bench leaves behind is not tidied up while the next is measured.
  const postgres = await startPostgres({ durable: !isShort, settings, environment: { ...process.env, COLLEGIUM_POSTGRES_URL: given } })
  process.env.COLLEGIUM_POSTGRES_URL = postgres.address
  for (const each of await run()) {
    figures.push(each)
    process.stdout.write(`${each.name} ${each.value} ${each.unit} ${each.versus} ${each.ratio ?? '-'}\n`)
  }
  await postgres.stop()
}
const folder = resolve(import.meta.dirname, '../..', process.env.COLLEGIUM_DATA ?? 'var')
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'bench.json'), `${JSON.stringify(figures, null, 2)}\n`)
process.exit()
