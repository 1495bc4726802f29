import type { Aggregate, Recorded } from './aggregate.ts'
import { streamOf } from './aggregate.ts'
import { entryOf, leafOf } from './evidence/entry.ts'
import type { Store } from './store/store.ts'

/** A folded aggregate with the version it stands at, the unit that owns it (null before its first fact), and where its last event stands. */
export type Folded<State = any> = {
  state: State
  version: number
  unit: string | null
  position: { shard: number; position: number }
  /** The hash of its last fact's entry in the log, base64, and when that fact was recorded; both empty before its first fact. */
  leaf: string
  recorded: string
}

/** How many folded aggregates a process keeps; the oldest unused goes first. A folded state is a few KB. */
const capacity = 5_000

/** What a stream without facts folds to. */
export const unborn = (aggregate: Aggregate, shard: number): Folded => ({
  state: aggregate.initial(),
  version: 0,
  unit: null,
  position: { shard, position: 0 },
  leaf: '',
  recorded: '',
})

/**
 * Folded states by stream. Never trusted alone: each load asks the store for what came after, so that a process which did not write the
 * last event still decides on it, at the price of one small read.
 */
export const stateCache = (store: Store) => {
  const entries = new Map<string, Folded>()

  const keep = (stream: string, entry: Folded): void => {
    entries.delete(stream)
    entries.set(stream, entry)
    if (entries.size > capacity) entries.delete(entries.keys().next().value as string)
  }

  const advance = (aggregate: Aggregate, entry: Folded, events: Iterable<Recorded>): void => {
    for (const event of events) {
      // Another caller may have folded the same events while this one was reading them.
      if (event.version !== entry.version + 1) continue
      entry.state = aggregate.evolve(entry.state, event)
      entry.version = event.version
      entry.unit = event.unit
      entry.position = { shard: event.shard, position: event.position }
      entry.leaf = leafOf(entryOf(event.bytes, entry.leaf))
      entry.recorded = event.recorded
    }
  }

  return {
    async load(aggregate: Aggregate, id: string): Promise<Folded> {
      const stream = streamOf(aggregate, id)
      const entry = entries.get(stream) ?? unborn(aggregate, store.shardOf(stream))
      advance(aggregate, entry, await store.readStream(stream, { afterVersion: entry.version }))
      if (entry.version > 0) keep(stream, entry)
      return entry
    },
    /** Takes up what this process has just appended itself, or forgets the state when others wrote in between. */
    appended(
      aggregate: Aggregate,
      id: string,
      entry: Folded,
      events: readonly { type: string; data: any }[],
      last: { version: number; unit: string; shard: number; position: number; leaf: string; recorded: string },
    ): void {
      const stream = streamOf(aggregate, id)
      if (last.version !== entry.version + events.length) {
        entries.delete(stream)
        return
      }
      for (const event of events) entry.state = aggregate.evolve(entry.state, event)
      entry.version = last.version
      entry.unit = last.unit
      entry.position = { shard: last.shard, position: last.position }
      entry.leaf = last.leaf
      entry.recorded = last.recorded
      keep(stream, entry)
    },
    forget: (aggregate: Aggregate, id: string): void => void entries.delete(streamOf(aggregate, id)),
    /** Folded states hold opened texts. */
    clear: (): void => entries.clear(),
  }
}

export type StateCache = ReturnType<typeof stateCache>
