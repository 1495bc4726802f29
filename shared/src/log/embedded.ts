import { setTimeout as sleep } from 'node:timers/promises'
import type { Recorded } from '../aggregate.ts'
import type { Log, Source, Subscriber } from '../log.ts'

/** A fact with its personal texts open, as only the owner may read it, and without them. */
type Both = { readonly open: Recorded; readonly closed: Recorded }

/** What the log needs of a service's event tables. */
export type EventTables = {
  /** The last position of each shard, by shard. */
  readonly heads: () => Promise<ReadonlyMap<number, number>>
  /** `open` = with personal texts, as only the owner may read them. */
  readonly readShard: (
    shard: number,
    after: number,
    limit: number,
    options?: { readonly open?: boolean; readonly types?: ReadonlySet<string> | undefined },
  ) => Promise<readonly Recorded[]>
  readonly readBoth: (shard: number, after: number, limit: number) => Promise<readonly Both[]>
  readonly onAppend: (listener: (at: { readonly shard: number; readonly position: number }) => void) => () => void
  /** Called when opened texts must leave the memory. */
  readonly onForget: (listener: () => void) => () => void
}

const sliceSize = 1000
/** The floor under wake-ups that another process cannot give: one `heads` a service. */
const pollMs = 250
/** How many of the newest events of a source are shared between subscribers without reading them again. */
const windowSize = 2000
const retryMs = 100
/** Under steady load a source is read this often at most, which costs its database less; a fact that comes alone is read at once, a crowd too. */
const gatherMs = 10
const gatherBelow = 100

/** The newest events of one source in memory, read once for all who follow; who is further behind reads the table himself. */
const tail = (tables: EventTables, shard: number, head: number) => {
  let events: Both[] = []
  let start = head
  let reading: Promise<void> | null = null
  let readAt = 0
  const end = (): number => start + events.length
  const extend = async (): Promise<void> => {
    const rest = readAt + gatherMs - performance.now()
    if (rest > 0) await sleep(rest)
    const more = await tables.readBoth(shard, end(), sliceSize)
    readAt = more.length < gatherBelow ? performance.now() : 0
    events.push(...more)
    const surplus = events.length - windowSize
    if (surplus <= 0) return
    events = events.slice(surplus)
    start += surplus
  }
  return async (after: number, open: boolean): Promise<readonly Recorded[]> => {
    // Who read the table himself may be ahead of the others: what is new is read from where they are, for all.
    for (let before = -1; after >= end() && before < end(); ) {
      before = end()
      reading ??= extend().finally(() => {
        reading = null
      })
      await reading
    }
    // A burst may have moved the window past this reader while it waited.
    if (after < start || after > end()) return tables.readShard(shard, after, sliceSize, { open })
    return events.slice(after - start, after - start + sliceSize).map((each) => (open ? each.open : each.closed))
  }
}

/** One service's tables, watched once for all subscribers: heads by wake-up and poll, and a tail for each shard. */
const watch = (tables: EventTables, failed: (error: unknown) => void) => {
  const heads = new Map<number, number>()
  const sleepers = new Set<() => void>()
  const tails = new Map<number, ReturnType<typeof tail>>()
  const seen = (shard: number, position: number): boolean => {
    if ((heads.get(shard) ?? -1) >= position) return false
    heads.set(shard, position)
    return true
  }
  const wake = (): void => {
    for (const sleeper of [...sleepers]) sleeper()
  }
  const poll = async (): Promise<void> => {
    const fresh = await tables.heads()
    if ([...fresh].filter(([shard, position]) => seen(shard, position)).length > 0) wake()
  }
  const forget = tables.onAppend(({ shard, position }) => seen(shard, position) && wake())
  const unhook = tables.onForget(() => tails.clear())
  const timer = setInterval(() => void poll().catch(failed), pollMs).unref()
  return {
    ready: poll,
    shards: () => [...heads.keys()],
    head: (shard: number) => heads.get(shard) ?? 0,
    read: (shard: number, after: number, open: boolean) => {
      if (!tails.has(shard)) tails.set(shard, tail(tables, shard, heads.get(shard) ?? 0))
      return (tails.get(shard) as ReturnType<typeof tail>)(after, open)
    },
    onWake: (sleeper: () => void) => {
      sleepers.add(sleeper)
      return () => sleepers.delete(sleeper)
    },
    wake,
    close: () => {
      forget()
      unhook()
      clearInterval(timer)
      wake()
    },
  }
}

/**
 * The log port over event tables of this machine, for all services of a process; `logOf(service)` is what that service sees: its own
 * events open, others' with their personal texts closed.
 */
export const eventTablesLog = (tables: Readonly<Record<string, EventTables>>, failed: (error: unknown) => void = () => {}) => {
  const watched = new Map(Object.entries(tables).map(([service, each]) => [service, watch(each, failed)]))
  const of = (service: string) => {
    const found = watched.get(service)
    if (!found) throw new Error(`There is no log of "${service}"; there is one of ${[...watched.keys()].join(', ')}`)
    return found
  }

  const follow = (reader: string, source: Source, subscriber: Subscriber) => {
    const watching = of(source.service)
    let position = subscriber.from(source)
    let isOpen = true
    let rise = (): void => {}
    const unhook = watching.onWake(() => watching.head(source.shard) > position && rise())
    const run = async (): Promise<void> => {
      while (isOpen) {
        if (watching.head(source.shard) <= position) {
          await new Promise<void>((resolve) => {
            rise = resolve
          })
          continue
        }
        try {
          const events = await watching.read(source.shard, position, reader === source.service)
          const last = events.at(-1)
          if (!last) throw new Error(`${source.service}/${source.shard} has no event after ${position}, but its head says so`)
          if (isOpen) await subscriber.handle({ ...source, events })
          position = last.position
        } catch (error) {
          failed(error)
          await sleep(retryMs)
        }
      }
    }
    const done = run()
    return async (): Promise<void> => {
      isOpen = false
      unhook()
      rise()
      await done
    }
  }

  const logOf = (reader: string): Log => {
    const closers = new Set<() => Promise<void>>()
    return {
      subscribe: async (subscriber) => {
        await Promise.all(subscriber.services.map((service) => of(service).ready()))
        const mine = subscriber.services.flatMap((service) =>
          of(service)
            .shards()
            .map((shard) => follow(reader, { service, shard }, subscriber)),
        )
        const close = async (): Promise<void> => {
          await Promise.all(mine.map((each) => each()))
          closers.delete(close)
        }
        closers.add(close)
        return { close }
      },
      replay: async ({ service, shard }, after, limit, types) => {
        const found = tables[service]
        if (!found) throw new Error(`There is no log of "${service}"`)
        return found.readShard(shard, after, limit, { open: reader === service, types })
      },
      heads: async (service) => {
        const found = of(service)
        if (found.shards().length === 0) await found.ready()
        return new Map(found.shards().map((shard) => [shard, found.head(shard)]))
      },
      close: async () => {
        await Promise.all([...closers].map((close) => close()))
      },
    }
  }

  return {
    logOf,
    close: (): void => {
      for (const each of watched.values()) each.close()
    },
  }
}
