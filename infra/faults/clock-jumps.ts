import type { Clocks } from './clocks.ts'
import { type Fault, victims } from './fault.ts'

/** Minutes, forward and back. */
const jumps = [-60, -5, 5, 120] as const

const jumped = (name: string, of: readonly string[]): Fault => ({
  name,
  lasts: [2_000, 6_000],
  inject: async ({ clocks }, random) => {
    const victim = random.pick(of)
    const minutes = random.pick(jumps)
    clocks.set(victim, minutes)
    return { what: `${victim} by ${minutes} minutes`, heal: async () => clocks.set(victim, 0) }
  },
})

/** One process believes that it is earlier or later than it is; timers go on as before. The table says by what. */
export const clocksJumped = ({ by, of }: Clocks): Fault[] => [
  jumped(`a service's clock jumps (${by})`, victims),
  ...(of.includes('postgres') ? [jumped(`Postgres' clock jumps (${by})`, ['postgres'])] : []),
]
