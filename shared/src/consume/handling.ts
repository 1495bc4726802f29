import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { Recorded } from '../aggregate.ts'
import { traceHandling } from '../log/traces.ts'
import type { Source } from '../log.ts'
import type { Logger } from '../logger.ts'
import { isOutage } from '../outage.ts'
import { type Move, moveCheckpoints, Overtaken, readCheckpoints } from './checkpoints.ts'
import { type Lane, laneKey, resume } from './lane.ts'
import { messageOf, park, parkedStreams, streamKey } from './parked.ts'
import { allOf, inTransaction, type Tx } from './transaction.ts'

/** Pauses before the second and the third try of an event. */
const pausesMs = [50, 400]
const outagePauseMs = { first: 100, most: 5_000 }

export type Effects = (tx: Tx) => Promise<void>

/** What is done with facts. */
export type Handler = {
  readonly name: string
  /** The event types it handles; of the others only the position counts. `all` = also types that this build does not know, of `services`. */
  readonly types: ReadonlySet<string> | 'all'
  /** All it does can be done again from history, to the same end: its commits need not wait for the disk. */
  readonly isRepeatable?: true
  /** What is to be done in the transaction that moves the checkpoint, exactly once; null = nothing, and then only the position counts. */
  readonly effects?: (events: readonly Recorded[]) => Effects | null
  /** Effects elsewhere, before the checkpoint moves: at least once. Tells whether there were any. */
  readonly perform?: (events: readonly Recorded[]) => Promise<boolean>
  /** Told after the commit, also of what another process handled. */
  readonly committed?: (events: readonly Recorded[]) => void
}

/** How a consumer handles what its lanes brought: effects with the checkpoint that moves, tries, parking, and what another process did meanwhile. */
export const handling = (given: {
  readonly consumer: Handler
  readonly lanes: ReadonlyMap<string, Lane>
  readonly pool: Pool
  readonly logger: Logger
  readonly isOpen: () => boolean
  /** Told when the rows of this consumer are gone. */
  readonly removed: () => void
  /** Told when a position moved. */
  readonly changed: () => void
  /** Told how long a batch took, in seconds. */
  readonly handled?: ((consumer: string, seconds: number) => void) | undefined
}) => {
  const { consumer, lanes, pool, logger, changed, isOpen } = given
  const commit = consumer.isRepeatable ? 'unhurried' : 'durable'
  const laneOf = (source: Source): Lane => lanes.get(laneKey(source)) as Lane
  const handles = ({ type }: Recorded): boolean => consumer.types === 'all' || consumer.types.has(type)
  let parked = new Set<string>()
  let unsavedSince: number | null = null
  let trouble: string | null = null

  /** Reads the rows anew and returns what of `events` is still to do. A consumer whose rows are gone was removed, and ends. */
  const reload = async (events: readonly Recorded[]): Promise<Recorded[]> => {
    const [rows, streams] = await Promise.all([readCheckpoints(pool, consumer.name), parkedStreams(pool, consumer.name)])
    parked = streams
    if (rows.length < lanes.size) {
      given.removed()
      logger.info('this consumer was removed')
      return []
    }
    const reset = new Set<Lane>()
    const done: Recorded[] = []
    for (const row of rows) {
      const lane = lanes.get(laneKey(row))
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
  /** Nothing came of these: their positions are written with the next that count, or by themselves when they have waited. */
  const pass = (events: readonly Recorded[]): void => {
    for (const event of events) laneOf(event).position = event.position
    unsavedSince ??= performance.now()
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
    if (mine.length === 0) return pass(events)
    const held = mine.filter((event) => parked.has(streamKey(event)))
    const free = held.length === 0 ? mine : mine.filter((event) => !parked.has(streamKey(event)))
    const began = performance.now()
    const moves = await traceHandling(consumer.name, free, async () => {
      const isPerformed = free.length > 0 && (await consumer.perform?.(free))
      const effects = (free.length > 0 && consumer.effects?.(free)) || null
      if (!isPerformed && effects === null && held.length === 0) return null
      const moving = movesOf(events)
      await inTransaction(
        pool,
        async (tx) => {
          // Sent together, done in this order: who was overtaken takes back what followed.
          const moved = moveCheckpoints(tx, consumer.name, moving)
          await allOf([moved, park(tx, consumer.name, held, null, 0), effects?.(tx)])
        },
        commit,
      )
      return moving
    })
    given.handled?.(consumer.name, (performance.now() - began) / 1_000)
    if (moves === null) pass(events)
    else settle(moves)
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
    for (let pause = outagePauseMs.first; isOpen() && events.length > 0; ) {
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

  return {
    handle,
    reload,
    save,
    parkedStreams: (): number => parked.size,
    /** Since when (ms) positions were passed that no checkpoint says yet; null = none. */
    unsavedSince: (): number | null => unsavedSince,
    /** Why it does not go on, as last seen. */
    trouble: (): string | null => trouble,
  }
}
