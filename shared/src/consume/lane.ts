import type { Recorded } from '../aggregate.ts'
import type { Source } from '../log.ts'

/**
 * One source on its way into one consumer: what was delivered and waits, dense by construction. `position` = handled, `tail` = the last one
 * that waits, `head` = the last one known to exist, `stored` and `epoch` = the checkpoint row as this process last saw it.
 */
export type Lane = Source & {
  position: number
  stored: number
  epoch: number
  tail: number
  head: number
  /** How far its owner said that the source is, and how often it had not come by the next time. */
  told: number
  missed: number
  /** Something before `head` did not come by the log: it is fetched from the owner. */
  behind: boolean
  /** Not before this time (ms): the owner did not answer. */
  fetchAfter: number
  waiting: Recorded[]
  /** Where it was at the last look, and since when (ms) it has been there although there is more. */
  seen: number
  standsSince: number
}

export const newLane = ({ service, shard }: Source): Lane => ({
  service,
  shard,
  position: 0,
  stored: 0,
  epoch: 0,
  tail: 0,
  head: 0,
  told: 0,
  missed: 0,
  // Whether the log will deliver all that is missing is not known at the start.
  behind: true,
  fetchAfter: 0,
  waiting: [],
  seen: 0,
  standsSince: performance.now(),
})

export const laneKey = (source: Source): string => `${source.service}/${source.shard}`

/** The furthest position of a run, in which what was delivered before may stand anywhere; 0 of none. */
export const furthest = (events: readonly Recorded[]): number => events.reduce((most, { position }) => Math.max(most, position), 0)

/** Queues what is new of a run, in which what was delivered before may stand anywhere; false when something new does not connect to what waits (a hole). */
export const enqueue = (lane: Lane, events: readonly Recorded[]): boolean => {
  let connects = true
  lane.head = Math.max(lane.head, furthest(events))
  for (const event of events) {
    if (event.position <= lane.tail) continue
    if (event.position === lane.tail + 1) {
      lane.waiting.push(event)
      lane.tail = event.position
    } else connects = false
  }
  return connects
}

/** Takes over the checkpoint row: what another process handled is dropped and returned, a row that was set back starts a refetch. */
export const resume = (lane: Lane, position: number, epoch: number): Recorded[] => {
  const wasReset = position < lane.stored
  lane.stored = position
  lane.epoch = epoch
  if (wasReset) {
    lane.position = lane.tail = position
    lane.waiting = []
    lane.behind = true
    return []
  }
  if (position <= lane.position) return []
  lane.position = position
  const done = lane.waiting.filter((event) => event.position <= position)
  lane.waiting = lane.waiting.slice(done.length)
  if (lane.tail < position) lane.tail = position
  return done
}

/** Whether it moved since the last look, or has nothing to do: then it does not stand. */
export const look = (lane: Lane): void => {
  if (lane.position < lane.head && lane.position === lane.seen) return
  lane.seen = lane.position
  lane.standsSince = performance.now()
}

/** For how many seconds it has not moved although there is more. */
export const standing = ({ position, seen, head, standsSince }: Lane): number =>
  position < head && position === seen ? Math.floor((performance.now() - standsSince) / 1_000) : 0

export const waitingIn = (lanes: readonly Lane[]): number => lanes.reduce((sum, lane) => sum + lane.waiting.length, 0)

/** Takes what waits, lane by lane, as much as `most`. */
export const takeFrom = (lanes: readonly Lane[], most: number): Recorded[] => {
  const taken: Recorded[] = []
  for (const lane of lanes) if (taken.length < most) taken.push(...lane.waiting.splice(0, most - taken.length))
  return taken
}
