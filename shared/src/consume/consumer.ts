import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { Recorded } from '../aggregate.ts'
import { traceHandling } from '../log/traces.ts'
import type { Replay, Slice, Source } from '../log.ts'
import type { Logger } from '../logger.ts'
import { isOutage } from '../outage.ts'
import { changes } from './changes.ts'
import { createCheckpoints, type Move, moveCheckpoints, Overtaken, readCheckpoints } from './checkpoints.ts'
import { enqueue, furthest, type Lane, newLane, resume, takeFrom, waitingIn } from './lane.ts'
import { messageOf, park, parkedStreams, streamKey } from './parked.ts'
import { refetch } from './refetch.ts'
import { allOf, inTransaction, type Tx } from './transaction.ts'

/** Something of a service that handles facts, under a name that its checkpoint carries for good. */
export type Consumer = {
  readonly name: string
  /** The event types it handles; of the others only the position counts. `all` = also types that this build does not know, of `services`. */
  readonly types: ReadonlySet<string> | 'all'
  /** Whose facts it handles; the services that its types name when absent. */
  readonly services?: readonly string[]
  /** The most events of one transaction. */
  readonly batch: number
  /** All it does can be done again from history, to the same end: its commits need not wait for the disk. */
  readonly isRepeatable?: true
  /** Effects in the transaction that moves the checkpoint: exactly once. */
  readonly apply?: (tx: Tx, events: readonly Recorded[]) => Promise<void>
  /** Effects elsewhere, before the checkpoint moves: at least once. */
  readonly perform?: (events: readonly Recorded[]) => Promise<void>
  /** Told after the commit, also of what another process handled. */
  readonly committed?: (events: readonly Recorded[]) => void
}

export type ConsumerState = {
  readonly name: string
  readonly sources: readonly (Source & { readonly position: number; readonly head: number; readonly behind: boolean })[]
  readonly parkedStreams: number
  readonly holes: number
  readonly error: string | null
}

/** Pauses before the second and the third try of an event. */
const pausesMs = [50, 400]
const outagePauseMs = { first: 100, most: 5_000 }
/** Positions passed without effect are written this late; to pass them again costs nothing. */
const saveAfterMs = 1_000
/** So late a process without work sees what another one released. */
const lookAtParkedMs = 10_000
/** Under steady load a transaction gathers for so long, which spares most of the work; a fact that comes alone is handled at once, a crowd or a full batch too. */
const gatherMs = { awaited: 30, unawaited: 100 }
const gatherBelow = 100
const nearlyDone = 1_000

/** Runs a consumer: one loop that takes what waits of all its sources, as much as a transaction may hold. */
export const runConsumer = (given: {
  readonly consumer: Consumer
  readonly sources: readonly Source[]
  readonly pool: Pool
  readonly replay: Replay
  readonly logger: Logger
  /** Told how long a batch took, in seconds. */
  readonly handled?: ((consumer: string, seconds: number) => void) | undefined
}) => {
  const { consumer, pool } = given
  const logger = given.logger.child({ consumer: consumer.name })
  const lanes = new Map(given.sources.map((source) => [keyOf(source), newLane(source)]))
  const commit = consumer.isRepeatable ? 'unhurried' : 'durable'
  const laneOf = (source: Source): Lane => lanes.get(keyOf(source)) as Lane
  const { changed, until } = changes()
  const handles = ({ type }: Recorded): boolean => consumer.types === 'all' || consumer.types.has(type)
  let parked = new Set<string>()
  let isOpen = true
  let unsavedSince: number | null = null
  /** What is parked may have changed: here, or in another process. */
  let isStale = false
  let holes = 0
  let trouble: string | null = null
  /** How many wait for a position to be handled. */
  let awaiting = 0
  let wake = (): void => {}

  const waiting = (): number => waitingIn([...lanes.values()])
  const isCrowded = (): boolean => waiting() >= 2 * consumer.batch

  /** Reads the rows anew and returns what of `events` is still to do. A consumer whose rows are gone was removed, and ends. */
  const reload = async (events: readonly Recorded[]): Promise<Recorded[]> => {
    const [rows, streams] = await Promise.all([readCheckpoints(pool, consumer.name), parkedStreams(pool, consumer.name)])
    parked = streams
    if (rows.length < lanes.size) {
      isOpen = false
      logger.info('this consumer was removed')
      return []
    }
    const reset = new Set<Lane>()
    const done: Recorded[] = []
    for (const row of rows) {
      const lane = lanes.get(keyOf(row))
      if (!lane) continue
      if (row.position < lane.stored) reset.add(lane)
      done.push(...resume(lane, row.position, row.epoch))
    }
    done.push(...events.filter((event) => event.position <= laneOf(event).position))
    tell(done.filter(handles))
    return events.filter((event) => event.position > laneOf(event).position && !reset.has(laneOf(event)))
  }

  /** From where to where the checkpoints move with these events, and with those passed before. */
  const movesOf = (events: readonly Recorded[]): Move[] => {
    const to = new Map<Lane, number>()
    for (const lane of lanes.values()) if (lane.position > lane.stored) to.set(lane, lane.position)
    for (const event of events) to.set(laneOf(event), event.position)
    return [...to].map(([{ service, shard, stored, epoch }, position]) => ({ service, shard, stored, epoch, position }))
  }
  const settle = (moves: readonly Move[]): void => {
    for (const move of moves) laneOf(move).position = laneOf(move).stored = move.position
    unsavedSince = null
    trouble = null
    changed()
  }
  const tell = (events: readonly Recorded[]): void => {
    if (events.length === 0) return
    try {
      consumer.committed?.(events)
    } catch (error) {
      logger.error({ err: error }, 'a listener failed')
    }
  }

  const attempt = async (events: readonly Recorded[]): Promise<void> => {
    const mine = events.filter(handles)
    if (mine.length === 0) {
      for (const event of events) laneOf(event).position = event.position
      unsavedSince ??= performance.now()
      changed()
      return
    }
    const held = mine.filter((event) => parked.has(streamKey(event)))
    const free = held.length === 0 ? mine : mine.filter((event) => !parked.has(streamKey(event)))
    const began = performance.now()
    const moves = await traceHandling(consumer.name, free, async () => {
      if (free.length > 0) await consumer.perform?.(free)
      const moving = movesOf(events)
      await inTransaction(
        pool,
        async (tx) => {
          // Sent together, done in this order: who was overtaken takes back what followed.
          const moved = moveCheckpoints(tx, consumer.name, moving)
          await allOf([moved, park(tx, consumer.name, held, null, 0), free.length > 0 ? consumer.apply?.(tx, free) : undefined])
        },
        commit,
      )
      return moving
    })
    given.handled?.(consumer.name, (performance.now() - began) / 1_000)
    settle(moves)
    tell(free)
  }

  const setAside = async (event: Recorded, error: unknown): Promise<void> => {
    const moves = movesOf([event])
    await inTransaction(pool, async (tx) => {
      await moveCheckpoints(tx, consumer.name, moves)
      await park(tx, consumer.name, [event], messageOf(error), pausesMs.length + 1)
    })
    parked.add(streamKey(event))
    settle(moves)
    logger.error({ err: error, stream: event.stream, event: event.id, position: event.position }, 'parked a stream: one of its events cannot be handled')
  }

  /** Handles a run of events whatever comes: waits out what is down, halves what fails until the faulty event stands alone, parks that. */
  const handle = async (events: readonly Recorded[]): Promise<void> => {
    let failure: { readonly error: unknown } | null = null
    let tries = 0
    for (let pause = outagePauseMs.first; isOpen && events.length > 0; ) {
      try {
        return failure === null ? await attempt(events) : await setAside(events[0] as Recorded, failure.error)
      } catch (error) {
        trouble = messageOf(error)
        if (error instanceof Overtaken) {
          events = await reload(events).catch(() => events)
        } else if (failure !== null || isOutage(error)) {
          logger.warn({ err: error }, 'waits for what is down')
          await sleep(pause)
          pause = Math.min(pause * 2, outagePauseMs.most)
        } else if (events.length > 1) {
          const half = Math.ceil(events.length / 2)
          await handle(events.slice(0, half))
          events = events.slice(half)
        } else if (tries < pausesMs.length) {
          await sleep(pausesMs[tries++])
        } else failure = { error }
      }
    }
  }

  const save = async (): Promise<void> => {
    const moves = movesOf([])
    if (moves.length === 0) return
    try {
      await inTransaction(pool, (tx) => moveCheckpoints(tx, consumer.name, moves), commit)
      settle(moves)
    } catch (error) {
      if (error instanceof Overtaken) await reload([])
      else throw error
    }
  }

  const run = async (): Promise<void> => {
    for (let began = 0; isOpen; ) {
      if (isStale) {
        isStale = false
        await reload([]).catch((error) => logger.warn({ err: error }, 'what is parked could not be read yet'))
      }
      const rest = began + (awaiting > 0 ? gatherMs.awaited : gatherMs.unawaited) - performance.now()
      if (rest > 0 && waiting() > 0 && waiting() < Math.min(gatherBelow, consumer.batch)) {
        await sleep(Math.min(rest, gatherMs.awaited))
        continue
      }
      const events = takeFrom([...lanes.values()], consumer.batch)
      if (events.length > 0) {
        fetching.wake()
        changed()
        began = performance.now()
        await handle(events)
        continue
      }
      if (unsavedSince !== null && performance.now() - unsavedSince >= saveAfterMs)
        await save().catch((error) => logger.warn({ err: error }, 'the checkpoint could not be written yet'))
      await new Promise<void>((resolve) => {
        const looksAgain = (): void => {
          isStale = parked.size > 0
          resolve()
        }
        const timer = unsavedSince !== null ? setTimeout(resolve, saveAfterMs) : parked.size > 0 ? setTimeout(looksAgain, lookAtParkedMs) : undefined
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
        if (!isOpen || isStale || waiting() > 0) wake()
      })
    }
  }

  const fetching = refetch({ lanes: [...lanes.values()], limit: consumer.batch, replay: given.replay, isCrowded, fetched: () => wake(), logger })

  let running: Promise<unknown> = Promise.resolve()
  return {
    name: consumer.name,
    consumer,
    services: new Set(given.sources.map((source) => source.service)),
    /** Reads the checkpoints and begins; delivery may start when it resolves. */
    start: async (): Promise<void> => {
      await createCheckpoints(pool, consumer.name, given.sources)
      await reload([])
      running = Promise.all([run(), fetching.run()])
    },
    /** Takes a slice of the log. What does not fit or does not connect is fetched from the owner later. */
    offer: (slice: Slice): void => {
      const lane = lanes.get(keyOf(slice))
      if (!lane || !isOpen) return
      const isFull = isCrowded()
      if (isFull) lane.head = Math.max(lane.head, furthest(slice.events))
      if (isFull ? lane.head > lane.tail : !enqueue(lane, slice.events)) {
        if (!isFull && !lane.behind) {
          holes += 1
          logger.error({ source: keyOf(slice), have: lane.tail, came: slice.events[0]?.position }, 'the log has a hole; its owner is asked')
        }
        lane.behind = true
        fetching.wake()
      }
      wake()
    },
    /**
     * Hears from its owner how far a source is. What was there at the last word and has not come since is looked for, first in the checkpoint, as
     * another process may have it, and at the next word with the owner: the log has lost what nothing came behind of.
     */
    reaches: (source: Source, head: number): void => {
      const lane = lanes.get(keyOf(source))
      if (!lane || !isOpen) return
      lane.missed = lane.told > lane.tail && !lane.behind ? lane.missed + 1 : 0
      lane.told = head
      lane.head = Math.max(lane.head, head)
      if (lane.missed === 1) isStale = true
      if (lane.missed > 1) {
        holes += 1
        logger.error({ source: keyOf(source), have: lane.tail, head }, 'the log did not bring what its owner has; the owner is asked')
        lane.behind = true
        fetching.wake()
      }
      wake()
    },
    /** Resolves when there is room for more, or at once where waiting would not help. */
    room: (timeoutMs: number): Promise<boolean> => until(() => !isOpen || !isCrowded() || [...lanes.values()].some((lane) => lane.behind), timeoutMs),
    position: (source: Source): number => lanes.get(keyOf(source))?.position ?? 0,
    stored: (source: Source): number => lanes.get(keyOf(source))?.stored ?? 0,
    listensTo: (source: Source): boolean => lanes.has(keyOf(source)),
    isCaughtUp: (): boolean => [...lanes.values()].every((lane) => !lane.behind) && waiting() < nearlyDone,
    /** False when the position was not handled in time. */
    waitFor: async (source: Source, position: number, timeoutMs: number): Promise<boolean> => {
      awaiting += 1
      const isHandled = await until(() => laneOf(source).position >= position, timeoutMs)
      awaiting -= 1
      return isHandled
    },
    isRunning: (): boolean => isOpen,
    /** What is parked was changed by somebody: it is read again before the next facts. */
    lookAgain: (): void => {
      isStale = true
      wake()
    },
    state: (): ConsumerState => ({
      name: consumer.name,
      sources: [...lanes.values()].map(({ service, shard, position, head, behind }) => ({ service, shard, position, head: Math.max(head, position), behind })),
      parkedStreams: parked.size,
      holes,
      error: trouble,
    }),
    close: async (): Promise<void> => {
      isOpen = false
      fetching.close()
      changed()
      wake()
      await running
      await save().catch(() => {})
    },
  }
}

export type RunningConsumer = ReturnType<typeof runConsumer>

const keyOf = (source: Source): string => `${source.service}/${source.shard}`
