import { startPostgres } from '../engines/postgres.ts'
import { prepareGround } from './ground.ts'
import { services, shards, simulate } from './world.ts'

/** `npm run simulate [-- --seeds 200] [--from 1]`: simulated worlds, one a seed; tells what was not kept in each, and how to see it again. */
const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`)
  const value = at < 0 ? otherwise : Number(process.argv[at + 1])
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} takes a whole number`)
  return value
}
const count = option('seeds', 200)
const from = option('from', 1)

const postgres = process.env.COLLEGIUM_POSTGRES_URL ? null : await startPostgres({ settings: { max_connections: 50 } })
const sums = { seeds: 0, failed: 0, commands: 0, acknowledged: 0, facts: 0, crashes: 0, heal_seconds_max: 0 }
try {
  const ground = await prepareGround(postgres?.address ?? (process.env.COLLEGIUM_POSTGRES_URL as string), services, shards)
  for (let seed = from; seed < from + count; seed++) {
    const { findings, commands, acknowledged, facts, crashes, healedMs, history } = await simulate(ground, seed)
    sums.seeds += 1
    sums.commands += commands
    sums.acknowledged += acknowledged
    sums.facts += facts
    sums.crashes += crashes
    sums.heal_seconds_max = Math.max(sums.heal_seconds_max, healedMs / 1_000)
    if (count === 1) process.stdout.write(`seed ${seed}: ${commands} commands, ${facts} facts, ${crashes} crashes, history ${history}\n`)
    if (findings.length === 0) continue
    sums.failed += 1
    process.stdout.write(`seed ${seed} FAILED; again: npm run simulate -- --seeds 1 --from ${seed}; keep it in infra/simulation/kept-seeds.ts\n`)
    for (const { promise, what } of findings) process.stdout.write(`  ${promise}: ${what}\n`)
  }
  await ground.end()
} finally {
  await postgres?.stop()
}
process.stdout.write(`${JSON.stringify(sums)}\n`)
process.exit(sums.failed > 0 ? 1 : 0)
