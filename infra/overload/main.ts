import { startPostgres } from '../engines/postgres.ts'
import { measureOverload } from './measure.ts'

/** `npm run overload [-- --seconds 180]`: three times what the system can do, for so long; a table, and as its last line the figures as JSON. */
const at = process.argv.indexOf('--seconds')
const seconds = at > 0 ? Number(process.argv[at + 1]) : 60
if (!Number.isFinite(seconds) || seconds < 2) throw new Error('--seconds takes a number of seconds, 2 or more')

const postgres = process.env.COLLEGIUM_POSTGRES_URL ? null : await startPostgres({ settings: { max_connections: 300, shared_buffers: '256MB' } })
if (postgres) process.env.COLLEGIUM_POSTGRES_URL = postgres.address
const found = await measureOverload(seconds)
await postgres?.stop()

const rows: readonly [string, string, string][] = [
  ['peak goodput', `${found.peak.toFixed(0)}/s`, ''],
  ['offered', `${found.offered.toFixed(0)}/s for ${seconds} s, ${(found.offered / found.peak).toFixed(1)} of the peak`, '3'],
  ['goodput at 3×', `${found.goodput.toFixed(0)}/s, ${found.ratio.toFixed(2)} of the peak`, '0.9 of the peak'],
  ['first class answered', `${(found.first * 100).toFixed(2)} %`, '99.9 %'],
  ['p99 of admitted', `${found.admittedP99.toFixed(0)} ms`, '500 ms'],
  ['turned away', `${found.shed}, p99 ${found.shedP99.toFixed(0)} ms, ${(found.toldWhen * 100).toFixed(1)} % told when to come again`, '20 ms'],
  ['without an answer', String(found.unanswered), '0'],
  ['recovery', `${found.recoverySeconds.toFixed(1)} s`, '10 s'],
]
for (const [name, value, aim] of rows) process.stdout.write(`${name.padEnd(22)} ${value.padEnd(58)} ${aim}\n`)
process.stdout.write(`${JSON.stringify(found)}\n`)
process.exit()
