import type pg from 'pg'
import type { Distributed } from '../distributed.ts'
import type { Random } from '../sample/random.ts'
import type { ServiceProcess } from '../service-process.ts'
import type { Clocks } from './clocks.ts'
import type { Proxies } from './proxy.ts'

/** What faults are done to. */
export type World = {
  readonly system: Distributed
  readonly proxies: Proxies
  readonly shards: number
  /** As the owner of a service's database, past every proxy. */
  readonly pool: (service: string) => pg.Pool
  readonly clocks: Clocks
}

/** Something that goes wrong, and how long it stays so. */
export type Fault = {
  readonly name: string
  /** Milliseconds, least and most, from the injection to the healing. */
  readonly lasts: readonly [number, number]
  /** Does it. Everything random comes from `random`, so that a seed does it again. `heal` undoes it, and may be called again where it failed; when it returns, no hand is needed any more. */
  readonly inject: (world: World, random: Random) => Promise<{ readonly what: string; readonly heal: () => Promise<void> }>
}

/** The services that keep facts and take part in every run. */
export const victims = ['membership', 'documents', 'activities', 'volunteers', 'dashboards', 'audit', 'notifications'] as const
/** Those to which the clients' commands go. */
export const busy = ['documents', 'activities', 'volunteers'] as const

export const processOf = ({ system }: World, name: string): ServiceProcess => system.processes[name] as ServiceProcess
