import type { Recorded } from './aggregate.ts'

/**
 * The log port: facts of all services, per source in dense order. Two adapters pass one contract suite: Kafka (distributed) and the event
 * tables themselves (embedded). Postgres is the only truth; a consumer that sees a hole refetches through `replay`.
 */
export type Source = { readonly service: string; readonly shard: number }

/** A run of one source, in order. May repeat what was delivered before; a gap is possible and must be looked for. */
export type Slice = Source & { readonly events: readonly Recorded[] }

export type Subscription = { readonly close: () => Promise<void> }

export type Log = {
  /**
   * Delivers every source of the named services to `handle`, one slice of a source at a time, sources in parallel. `from` tells the last
   * position that the subscriber has; delivery starts after it. A thrown error delivers the same slice again after a pause.
   */
  readonly subscribe: (subscriber: {
    readonly group: string
    readonly services: readonly string[]
    readonly from: (source: Source) => number
    readonly handle: (slice: Slice) => Promise<void>
  }) => Promise<Subscription>
  /** The owner's own answer, past the log: events of a source after a position, at most `limit`. */
  readonly replay: (source: Source, after: number, limit: number) => Promise<readonly Recorded[]>
  readonly close: () => Promise<void>
}

/** Where the relay writes to. `publish` returns only when the log has kept every event; all are of one source. */
export type Sink = { readonly publish: (slice: Slice) => Promise<void>; readonly close: () => Promise<void> }
