import type { OverloadSettings } from './settings.ts'
import { type Work, works } from './work.ts'

type Waiting = { readonly go: (admitted: boolean) => void; readonly timer: NodeJS.Timeout }
type Lane = {
  underWay: number
  readonly waiting: Set<Waiting>
  /** When somebody last found no place, and since when that has been so again and again (ms). */
  crowdedAt: number
  crowdedSince: number
  most: number
  ended: number
  tookMs: number
  /** How long one was under way, when some last ended; 0 = not known yet. */
  meanMs: number
  isCrowded: boolean
}

/**
 * Of these fewer are let in at once while they take longer than anybody should wait, but no fewer than this share of what may be: where something
 * else makes them slow, letting in less and less would help nobody. Commands are stored many at a time, reads take turns on a few connections.
 */
const fewest: Readonly<Partial<Record<Work, number>>> = { command: 1 / 4, read: 1 / 8 }
const paceMs = 250
const aimMs = 150
/** Where a crowd does not end, waiting helps nobody: whoever comes then is told nearly at once. */
const standingMs = 20
/** A queue that is empty for a moment, as when many end together, ends no crowd. */
const lullMs = 100

/** Why a request was not let in: the event loop is behind, the queue is full, or its turn did not come in time. */
export type Refusal = 'pressure' | 'full' | 'late'

export type Counts = { readonly work: Work; readonly part: string; readonly underWay: number; readonly waiting: number }

/**
 * Lets so many requests of a class be under way at once, fewer while they take long; a few more wait shortly, the rest is told at once. Each
 * `part` (the service behind a gateway) has places of its own, so that one that is slow keeps only its own requests waiting.
 */
export const admission = ({ caps, queue, waitMs }: Pick<OverloadSettings, 'caps' | 'queue' | 'waitMs'>, refuses: (work: Work) => boolean) => {
  const lanes = new Map<string, Record<Work, Lane>>()
  const laneOf = (work: Work, part: string): Lane => {
    let ofPart = lanes.get(part)
    if (ofPart === undefined) {
      ofPart = Object.fromEntries(
        works.map((each) => [
          each,
          {
            underWay: 0,
            waiting: new Set(),
            crowdedAt: Number.NEGATIVE_INFINITY,
            crowdedSince: 0,
            most: caps[each],
            ended: 0,
            tookMs: 0,
            meanMs: 0,
            isCrowded: false,
          },
        ]),
      ) as unknown as Record<Work, Lane>
      lanes.set(part, ofPart)
    }
    return ofPart[work]
  }

  const pace = (): void => {
    for (const ofPart of lanes.values())
      for (const work of works) {
        const lane = ofPart[work]
        if (lane.ended > 0) lane.meanMs = lane.tookMs / lane.ended
        const isSlow = lane.ended > 0 && lane.meanMs > aimMs
        const least = Math.ceil(caps[work] * (fewest[work] ?? 1))
        if (!isSlow) lane.most = Math.min(caps[work], Math.ceil(lane.most * 1.25))
        else if (lane.isCrowded) lane.most = Math.max(least, Math.floor(lane.most * 0.75))
        Object.assign(lane, { ended: 0, tookMs: 0, isCrowded: lane.underWay >= lane.most })
      }
  }
  const pacing = setInterval(pace, paceMs).unref()

  const next = (lane: Lane): void => {
    for (const waiting of lane.waiting) {
      if (lane.underWay >= lane.most) return
      lane.waiting.delete(waiting)
      clearTimeout(waiting.timer)
      lane.underWay += 1
      waiting.go(true)
    }
  }

  return {
    /**
     * Calls `go` at once or within `waitMs`: with nothing when the request may begin (then call `leave` when it ended, once), or with why not.
     * Returns how to give up waiting.
     */
    enter: (work: Work, part: string, go: (refusal: Refusal | null) => void): (() => void) => {
      const lane = laneOf(work, part)
      if (refuses(work)) go('pressure')
      else if (lane.underWay < lane.most) {
        lane.underWay += 1
        go(null)
      } else {
        lane.isCrowded = true
        const now = performance.now()
        const ahead = lane.waiting.size
        if (ahead === 0 && now - lane.crowdedAt > lullMs) lane.crowdedSince = now
        lane.crowdedAt = now
        const patienceMs = now - lane.crowdedSince > waitMs ? Math.min(standingMs, waitMs) : waitMs
        // Whoever would wait in vain is told at once: their turn comes when so many have ended.
        if (ahead >= queue || (ahead > 0 && ((ahead + 1) * lane.meanMs) / lane.most > patienceMs)) {
          go('full')
          return () => {}
        }
        const waiting: Waiting = {
          go: (admitted) => go(admitted ? null : 'late'),
          timer: setTimeout(() => lane.waiting.delete(waiting) && waiting.go(false), patienceMs),
        }
        lane.waiting.add(waiting)
        return () => {
          clearTimeout(waiting.timer)
          lane.waiting.delete(waiting)
        }
      }
      return () => {}
    },
    /** `tookMs` = how long it was under way. */
    leave: (work: Work, part: string, tookMs: number): void => {
      const lane = laneOf(work, part)
      lane.underWay -= 1
      lane.ended += 1
      lane.tookMs += tookMs
      next(lane)
    },
    counts: (): Counts[] =>
      [...lanes].flatMap(([part, ofPart]) => works.map((work) => ({ work, part, underWay: ofPart[work].underWay, waiting: ofPart[work].waiting.size }))),
    close: (): void => clearInterval(pacing),
  }
}

export type Admission = ReturnType<typeof admission>
