import { writeFileSync } from 'node:fs'
import { type Fault, victims } from './fault.ts'

/** Minutes, forward and back. */
const jumps = [-60, -5, 5, 120] as const

/** One process believes that it is earlier or later than it is; timers go on as before, and Postgres has the time. */
export const clockJumped: Fault = {
  name: 'a clock jumps',
  lasts: [2_000, 6_000],
  inject: async ({ clocks }, random) => {
    const victim = random.pick(victims)
    const minutes = random.pick(jumps)
    writeFileSync(clocks, JSON.stringify({ [victim]: minutes * 60_000 }))
    return { what: `${victim} by ${minutes} minutes`, heal: async () => writeFileSync(clocks, '{}') }
  },
}
