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

const each = ({ command, read }: { command: number; read: number }): string => `${command.toFixed(0)} commands, ${read.toFixed(0)} reads`
const cores = ({ client, system }: { client: number; system: number }): string => `${system.toFixed(2)}, and ${client.toFixed(2)} of what sends`
const rows: readonly [string, string, string][] = [
  [
    'peak goodput',
    `${found.peak.toFixed(0)}/s (${found.peakOf.map(({ callers, goodput }) => `${callers} callers ${goodput.toFixed(0)}`).join(', ')}; the most once more, before ${found.peakBefore.toFixed(0)}, and after ${found.peakAfter.toFixed(0)})`,
    '',
  ],
  ['  of these', `${each(found.done.peak)}; cores ${cores(found.cores.peak)}`, ''],
  ['offered', `${found.offered.toFixed(0)}/s for ${seconds} s, ${(found.offered / found.peak).toFixed(1)} of the peak`, '3'],
  ['goodput at 3×', `${found.goodput.toFixed(0)}/s, ${found.ratio.toFixed(2)} of the peak`, '0.9 of the peak'],
  ['  of these', `${each(found.done.over)}; cores ${cores(found.cores.over)}`, ''],
  ['first class answered', `${(found.first * 100).toFixed(2)} %, p99 ${found.firstP99.toFixed(0)} ms`, '99.9 %'],
  ['p99 of admitted', `${found.admittedP99.toFixed(0)} ms`, '500 ms'],
  [
    'turned away',
    `${found.shed}, p50 ${found.shedP50.toFixed(0)}, p99 ${found.shedP99.toFixed(0)} ms, ${(found.toldWhen * 100).toFixed(1)} % told when to come again`,
    '20 ms',
  ],
  [
    '  because',
    Object.entries(found.reasons)
      .map(([reason, count]) => `${reason} ${count}`)
      .join(', '),
    '',
  ],
  ['without an answer', String(found.unanswered), '0'],
  ['recovery', `${found.recoverySeconds.toFixed(1)} s`, '10 s'],
]
for (const [name, value, aim] of rows) process.stdout.write(`${name.padEnd(22)} ${value.padEnd(58)} ${aim}\n`)
process.stdout.write(`${JSON.stringify(found)}\n`)
process.exit()
