import Type, { type Static } from 'typebox'
import type { Work } from './work.ts'

/** What the environment may say about how much a process takes on; the same names for the gateway and for every service. */
export const OverloadEnvironment = Type.Object({
  COLLEGIUM_IN_FLIGHT_FIRST: Type.Integer({ minimum: 1, default: 256, description: 'Sign-ins, ballots, health answers under way at once.' }),
  COLLEGIUM_IN_FLIGHT_COMMANDS: Type.Integer({ minimum: 1, default: 128 }),
  COLLEGIUM_IN_FLIGHT_READS: Type.Integer({ minimum: 1, default: 64 }),
  COLLEGIUM_IN_FLIGHT_LIVE: Type.Integer({ minimum: 1, default: 2_000, description: 'Live streams open at once.' }),
  COLLEGIUM_IN_FLIGHT_BULK: Type.Integer({ minimum: 1, default: 4, description: 'Exports, imports and rebuilds under way at once.' }),
  COLLEGIUM_QUEUE: Type.Integer({ minimum: 0, maximum: 50, default: 50, description: 'Requests of one class that may wait for their turn.' }),
  COLLEGIUM_QUEUE_MS: Type.Integer({
    minimum: 1,
    maximum: 250,
    default: 250,
    description: 'How long they may wait, in milliseconds; 20 at most where the crowd has lasted for so long.',
  }),
  COLLEGIUM_SHED_BULK_MS: Type.Integer({ minimum: 1, default: 50, description: 'Delay of the event loop from which exports are refused.' }),
  COLLEGIUM_SHED_BULK_LOAD: Type.Number({ minimum: 0.1, default: 0.98, description: 'Utilisation of the event loop from which exports are refused.' }),
  COLLEGIUM_SHED_READS_MS: Type.Integer({ minimum: 1, default: 200 }),
  COLLEGIUM_SHED_COMMANDS_MS: Type.Integer({ minimum: 1, default: 500 }),
  COLLEGIUM_REQUEST_MS: Type.Integer({ minimum: 100, default: 30_000, description: 'How long a request may take, down to Postgres and other services.' }),
  COLLEGIUM_BULK_MS: Type.Integer({ minimum: 100, default: 600_000, description: 'The same for exports, imports and rebuilds.' }),
})

export type OverloadSettings = {
  /** How many of a class may be under way at once. */
  readonly caps: Readonly<Record<Work, number>>
  readonly queue: number
  readonly waitMs: number
  /** The delay of the event loop (ms) from which a class is refused; `first` never is. */
  readonly shedMs: Readonly<Record<Exclude<Work, 'first'>, number>>
  /** The share of the event loop's time in use from which bulk is refused. */
  readonly bulkLoad: number
  readonly requestMs: number
  readonly bulkMs: number
}

export const overloadSettings = (env: Static<typeof OverloadEnvironment>): OverloadSettings => ({
  caps: {
    first: env.COLLEGIUM_IN_FLIGHT_FIRST,
    command: env.COLLEGIUM_IN_FLIGHT_COMMANDS,
    read: env.COLLEGIUM_IN_FLIGHT_READS,
    live: env.COLLEGIUM_IN_FLIGHT_LIVE,
    bulk: env.COLLEGIUM_IN_FLIGHT_BULK,
  },
  queue: env.COLLEGIUM_QUEUE,
  waitMs: env.COLLEGIUM_QUEUE_MS,
  shedMs: {
    command: env.COLLEGIUM_SHED_COMMANDS_MS,
    read: env.COLLEGIUM_SHED_READS_MS,
    live: env.COLLEGIUM_SHED_READS_MS,
    bulk: env.COLLEGIUM_SHED_BULK_MS,
  },
  bulkLoad: env.COLLEGIUM_SHED_BULK_LOAD,
  requestMs: env.COLLEGIUM_REQUEST_MS,
  bulkMs: env.COLLEGIUM_BULK_MS,
})
