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
  /** Something before `head` did not come by the log: it is fetched from the owner. */
  behind: boolean
  /** Not before this time (ms): the owner did not answer. */
  fetchAfter: number
  waiting: Recorded[]
}

export const newLane = ({ service, shard }: Source): Lane => ({
  service,
  shard,
  position: 0,
  stored: 0,
  epoch: 0,
  tail: 0,
  head: 0,
  // Whether the log will deliver all that is missing is not known at the start.
  behind: true,
  fetchAfter: 0,
  waiting: [],
})

/** Queues what is new of a run; false when the run does not connect to what waits (a hole). */
export const enqueue = (lane: Lane, events: readonly Recorded[]): boolean => {
  const first = events[0]?.position ?? 0
  const last = events.at(-1)?.position ?? 0
  lane.head = Math.max(lane.head, last)
  if (last <= lane.tail) return true
  if (first > lane.tail + 1) return false
  for (const event of events) {
    if (event.position <= lane.tail) continue
    if (event.position !== lane.tail + 1) return false
    lane.waiting.push(event)
    lane.tail = event.position
  }
  return true
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

export const waitingIn = (lanes: readonly Lane[]): number => lanes.reduce((sum, lane) => sum + lane.waiting.length, 0)

/** Takes what waits, lane by lane, as much as `most`. */
export const takeFrom = (lanes: readonly Lane[], most: number): Recorded[] => {
  const taken: Recorded[] = []
  for (const lane of lanes) if (taken.length < most) taken.push(...lane.waiting.splice(0, most - taken.length))
  return taken
}
