import type { Stopped } from './places.ts'

/** One log as it runs: what /metrics and /audit/state.json tell of it. */
export type LogState = {
  readonly name: string
  readonly origin: string
  /** How many entries are signed, and how many cosigned as the policy wants. */
  size: number
  cosigned: number
  /** Why it does not go on; null while it does. */
  trouble: string | null
  isRefused: boolean
  stopped: readonly Stopped[]
  /** By witness and HTTP status, since the start. */
  readonly refusals: Map<string, number>
  /** How long the oldest fact without an entry has waited. */
  waitingSeconds: number
}
