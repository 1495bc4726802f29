import type { Recorded } from './aggregate.ts'

/**
 * The log port: facts of all services, per source in dense order. Two adapters pass one contract suite: Kafka (distributed) and the event
 * tables themselves (embedded). Postgres is the only truth; a consumer that sees a hole refetches through `replay`.
 */
export type Source = { readonly service: string; readonly shard: number }

/** A run of one source, in order. May repeat what was delivered before; a gap is possible and must be looked for. */
export type Slice = Source & { readonly events: readonly Recorded[] }

export type Subscription = { readonly close: () => Promise<void> }

export type Subscriber = {
  readonly group: string
  readonly services: readonly string[]
  /** The last position that the subscriber has; delivery starts after it. */
  readonly from: (source: Source) => number
  /** How far it has kept what it got, for good: a log that remembers for its groups may forget up to here. `from` when absent. */
  readonly kept?: (source: Source) => number
  /** Lets facts gather for so many ms, or until somebody waits for a position: what a log may do before it fetches again. */
  readonly rest?: (ms: number) => Promise<unknown>
  readonly handle: (slice: Slice) => Promise<void>
}

export type Log = {
  /**
   * Delivers every source of the named services to `handle`, one slice of a source at a time, sources in parallel. A thrown error delivers
   * the same slice again after a pause.
   */
  readonly subscribe: (subscriber: Subscriber) => Promise<Subscription>
  /** The owner's own answer, past the log: events of a source after a position, at most `limit`; none = there are no more. */
  readonly replay: Replay
  /** The owner's own answer, past the log: the last position of each shard of a service. */
  readonly heads: Heads
  readonly close: () => Promise<void>
}

export type Heads = (service: string) => Promise<ReadonlyMap<number, number>>

/** With `types`, the facts of others come as `passedOver`: each position after `after` is answered for, at most `limit`, and one that is missing is a hole. */
export type Replay = (source: Source, after: number, limit: number, types?: ReadonlySet<string>) => Promise<readonly Recorded[]>

/** What stands for a fact of a type that was not asked for: where it is, and nothing of what it says. No consumer handles its type. */
export const passedOver = ({ service, shard }: Source, position: number): Recorded => ({
  ...{ type: 'kernel.passed-over', data: {}, id: '', service, shard, position, stream: '', version: 0, unit: '', occurred: '', recorded: '' },
  ...{ actor: { person: null, post: null, system: null }, correlation: '', causation: '', command: '', reason: null, policies: {}, bytes: '' },
})

/** A fact as the relay hands it on: where it stands, and its canonical bytes. */
export type Kept = { readonly position: number; readonly bytes: string }

/** Where the relay writes to. `publish` returns only when the log has kept every record; all are of one source, and no two calls of a source overlap. */
export type Sink = { readonly publish: (source: Source, records: readonly Kept[]) => Promise<void>; readonly close: () => Promise<void> }
