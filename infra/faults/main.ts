import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runFaults } from './run.ts'
import { isSound, sumsOf, tableOf } from './table.ts'

/**
 * `npm run faults [-- --seconds 120 --seed 1 --only "kill -9 of a service,half-open"]`: a table, what was found, and as its last line the sums as JSON.
 * Ends with an error where anything that is promised did not hold.
 */
const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } } })
const seconds = Number(values.seconds ?? 120)
const seed = Number(values.seed ?? Date.now() % 1_000_000)
if (!Number.isFinite(seconds) || seconds < 1) throw new Error('--seconds takes a number of seconds')
if (!Number.isSafeInteger(seed) || seed < 0) throw new Error('--seed takes a whole number')

const dir = join(import.meta.dirname, '../../var/faults', String(seed))
const began = Date.now()
const say = (line: string): void => void process.stdout.write(`${((Date.now() - began) / 1_000).toFixed(1).padStart(7)}  ${line}\n`)
say(`seed ${seed}, ${seconds} s; journal, findings and logs will be in ${dir}`)
const outcome = await runFaults({ seed, seconds, dir, say, ...(values.only === undefined ? {} : { only: values.only.split(',') }) })

const count = (answer: string): number => outcome.entries.filter((entry) => entry.answer === answer).length
const { entries, facts, parkedStreams, findings } = outcome
process.stdout.write(`\n${tableOf(outcome).join('\n')}\n\n`)
process.stdout.write(`${entries.length} commands: ${count('acknowledged')} acknowledged, ${count('refused')} refused, ${count('unknown')} unknown; `)
process.stdout.write(`${facts} facts; ${parkedStreams} parked streams, all of them shown where nothing is said below\n`)
for (const { kind, what } of findings.slice(0, 50)) process.stdout.write(`${kind}: ${what}\n`)
if (!isSound(outcome))
  process.stdout.write(`again: npm run faults -- --seconds ${seconds} --seed ${seed}${values.only === undefined ? '' : ` --only "${values.only}"`}\n`)
process.stdout.write(`${JSON.stringify(sumsOf(outcome))}\n`)
process.exit(isSound(outcome) ? 0 : 1)
