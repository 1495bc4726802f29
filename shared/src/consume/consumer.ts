import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { Replay, Slice, Source } from '../log.ts'
import type { Logger } from '../logger.ts'
import { changes } from './changes.ts'
import { createCheckpoints } from './checkpoints.ts'
import { type Handler, handling } from './handling.ts'
import { enqueue, furthest, type Lane, laneKey, look, newLane, standing, takeFrom, waitingIn } from './lane.ts'
import { refetch } from './refetch.ts'

/** Something of a service that handles facts, under a name that its checkpoint carries for good. */
export type Consumer = Handler & {
  /** Whose facts it handles; the services that its types name when absent. */
  readonly services?: readonly string[]
  /** The most events of one transaction. */
  readonly batch: number
}

export type ConsumerState = {
  readonly name: string
  readonly sources: readonly (Source & { readonly position: number; readonly head: number; readonly behind: boolean })[]
  readonly parkedStreams: number
  readonly holes: number
  /** How long the source that has stood longest has not moved although there is more for it. */
  readonly standingSeconds: number
  readonly error: string | null
}

/** Positions passed without effect are written this late; to pass them again costs nothing. */
const saveAfterMs = 1_000
/** So late a process without work sees what another one released. */
const lookAtParkedMs = 10_000
/** Under steady load a transaction gathers for so long, which spares most of the work; a fact that comes alone is handled at once, a crowd or a full batch too. */
const gatherMs = { awaited: 20, unawaited: 100 }
const gatherBelow = 100
const nearlyDone = 1_000
const never = Number.POSITIVE_INFINITY

/** Runs a consumer: one loop that takes what waits of all its sources, as much as a transaction may hold. */
export const runConsumer = (given: {
  readonly consumer: Consumer
  readonly sources: readonly Source[]
  readonly pool: Pool
  readonly replay: Replay
  readonly logger: Logger
  /** Told how long a batch took, in seconds. */
  readonly handled?: ((consumer: string, seconds: number) => void) | undefined
  /** Told when somebody begins to wait for a position. */
  readonly awaited: () => void
}) => {
  const { consumer, pool } = given
  const logger = given.logger.child({ consumer: consumer.name })
  const lanes = new Map(given.sources.map((source) => [laneKey(source), newLane(source)]))
  const laneOf = (source: Source): Lane => lanes.get(laneKey(source)) as Lane
  const { changed, until } = changes()
  let isOpen = true
  /** What is parked may have changed: here, or in another process. */
  let isStale = false
  let holes = 0
  /** How many wait for a position to be handled. */
  let awaiting = 0
  let wake = (): void => {}

  const { handle, reload, save, parkedStreams, unsavedSince, trouble } = handling({
    ...given,
    lanes,
    logger,
    changed,
    isOpen: () => isOpen,
    removed: () => {
      isOpen = false
    },
  })
  const waiting = (): number => waitingIn([...lanes.values()])
  const isCrowded = (): boolean => waiting() >= 2 * consumer.batch

  const run = async (): Promise<void> => {
    for (let began = 0; isOpen; ) {
      if (isStale) {
        isStale = false
        await reload([]).catch((error) => logger.warn({ err: error }, 'what is parked could not be read yet'))
      }
      if (performance.now() - (unsavedSince() ?? never) >= saveAfterMs)
        await save().catch((error) => logger.warn({ err: error }, 'the checkpoint could not be written yet'))
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
      await new Promise<void>((resolve) => {
        const looksAgain = (): void => {
          isStale = parkedStreams() > 0
          resolve()
        }
        const timer = unsavedSince() !== null ? setTimeout(resolve, saveAfterMs) : parkedStreams() > 0 ? setTimeout(looksAgain, lookAtParkedMs) : undefined
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
        if (!isOpen || isStale || waiting() > 0) wake()
      })
    }
  }

  const types = consumer.types === 'all' ? undefined : consumer.types
  const fetching = refetch({ lanes: [...lanes.values()], limit: consumer.batch, replay: given.replay, types, isCrowded, fetched: () => wake(), logger })

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
      const lane = lanes.get(laneKey(slice))
      if (!lane || !isOpen) return
      const isFull = isCrowded()
      if (isFull) lane.head = Math.max(lane.head, furthest(slice.events))
      if (isFull ? lane.head > lane.tail : !enqueue(lane, slice.events)) {
        if (!isFull && !lane.behind) {
          holes += 1
          logger.error({ source: laneKey(slice), have: lane.tail, came: slice.events[0]?.position }, 'the log has a hole; its owner is asked')
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
      const lane = lanes.get(laneKey(source))
      if (!lane || !isOpen) return
      lane.missed = lane.told > lane.tail && !lane.behind ? lane.missed + 1 : 0
      lane.told = head
      lane.head = Math.max(lane.head, head)
      if (lane.missed === 1) isStale = true
      if (lane.missed > 1) {
        holes += 1
        logger.error({ source: laneKey(source), have: lane.tail, head }, 'the log did not bring what its owner has; the owner is asked')
        lane.behind = true
        fetching.wake()
      }
      wake()
    },
    /** Resolves when there is room for more, or at once where waiting would not help. */
    room: (timeoutMs: number): Promise<boolean> => until(() => !isOpen || !isCrowded() || [...lanes.values()].some((lane) => lane.behind), timeoutMs),
    position: (source: Source): number => lanes.get(laneKey(source))?.position ?? 0,
    stored: (source: Source): number => lanes.get(laneKey(source))?.stored ?? 0,
    listensTo: (source: Source): boolean => lanes.has(laneKey(source)),
    isCaughtUp: (): boolean => [...lanes.values()].every((lane) => !lane.behind) && waiting() < nearlyDone,
    /** False when the position was not handled in time. */
    waitFor: async (source: Source, position: number, timeoutMs: number): Promise<boolean> => {
      const isThere = (): boolean => laneOf(source).position >= position
      // Most who ask name a position that was handled long ago: nothing needs to hurry for them.
      if (isThere()) return true
      awaiting += 1
      given.awaited()
      const isHandled = await until(isThere, timeoutMs)
      awaiting -= 1
      return isHandled
    },
    isAwaited: (): boolean => awaiting > 0,
    isRunning: (): boolean => isOpen,
    /** What is parked was changed by somebody: it is read again before the next facts. */
    lookAgain: (): void => {
      isStale = true
      wake()
    },
    state: (): ConsumerState => ({
      name: consumer.name,
      sources: [...lanes.values()].map(({ service, shard, position, head, behind }) => ({ service, shard, position, head: Math.max(head, position), behind })),
      parkedStreams: parkedStreams(),
      holes,
      standingSeconds: Math.max(0, ...[...lanes.values()].map(standing)),
      error: trouble(),
    }),
    /** Call it every few seconds: between two looks shows what stands. */
    look: (): void => lanes.forEach(look),
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
