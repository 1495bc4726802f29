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

/** How many folded aggregates a process keeps: these, and as many that were used before them. A folded state is a few KB. */
const generation = 2_500

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
  let used = new Map<string, Folded>()
  let before = new Map<string, Folded>()
  /** Those that are being read for the first time: who asks for the same meanwhile folds the same. */
  const opening = new Map<string, Folded>()

  const keep = (stream: string, entry: Folded): void => {
    used.set(stream, entry)
    if (used.size < generation) return
    before = used
    used = new Map()
  }

  const forget = (stream: string): void => {
    used.delete(stream)
    before.delete(stream)
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
      const entry = used.get(stream) ?? before.get(stream) ?? opening.get(stream) ?? unborn(aggregate, store.shardOf(stream))
      if (entry.version === 0) opening.set(stream, entry)
      try {
        advance(aggregate, entry, await store.newerFacts(stream, entry.version))
      } finally {
        if (opening.get(stream) === entry) opening.delete(stream)
      }
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
        forget(stream)
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
    /** Folded states hold opened texts. */
    clear: (): void => {
      used.clear()
      before.clear()
    },
  }
}

export type StateCache = ReturnType<typeof stateCache>
