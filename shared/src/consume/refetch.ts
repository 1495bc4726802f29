import type { Replay } from '../log.ts'
import type { Logger } from '../logger.ts'
import { enqueue, type Lane } from './lane.ts'

/** The owner has not answered, or not yet with what is known to exist. */
const pauseMs = 500
const crowdedMs = 5

/**
 * Fills what is missing in a consumer's lanes from the owner's own table, while the consumer handles what it has: at the start, after a
 * hole, when the consumer was too slow for the log, and to build something from the beginning.
 */
export const refetch = (given: {
  readonly lanes: readonly Lane[]
  readonly limit: number
  readonly replay: Replay
  /** What is wanted of what is missing; all when absent. */
  readonly types: ReadonlySet<string> | undefined
  readonly isCrowded: () => boolean
  readonly fetched: () => void
  readonly logger: Logger
}) => {
  const { lanes, limit, replay, types, isCrowded, fetched, logger } = given
  let isOpen = true
  let next = 0
  let wake = (): void => {}

  const sleepUntil = (time: number | null): Promise<void> =>
    new Promise((resolve) => {
      const timer = time === null ? undefined : setTimeout(resolve, Math.max(0, time - performance.now())).unref()
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const fill = async (lane: Lane): Promise<void> => {
    try {
      const after = lane.tail
      const events = await replay({ service: lane.service, shard: lane.shard }, after, limit, types)
      const missing = events.findIndex(({ position }, index) => position !== after + index + 1)
      if (missing !== -1) {
        logger.error(
          { source: `${lane.service}/${lane.shard}`, position: after + missing + 1 },
          'the owner itself has nothing at a position: nobody may go past it',
        )
        lane.fetchAfter = performance.now() + pauseMs
      }
      if (events.length > 0) enqueue(lane, events)
      else if (lane.tail >= lane.head) lane.behind = false
      else lane.fetchAfter = performance.now() + pauseMs
    } catch (error) {
      logger.warn({ err: error, source: `${lane.service}/${lane.shard}`, after: lane.tail }, 'the owner of missing events does not answer')
      lane.fetchAfter = performance.now() + pauseMs
    }
    fetched()
  }

  return {
    run: async (): Promise<void> => {
      while (isOpen) {
        const missing = lanes.filter((lane) => lane.behind)
        const due = missing.filter((lane) => lane.fetchAfter <= performance.now())
        if (missing.length === 0) await sleepUntil(null)
        else if (due.length === 0) await sleepUntil(Math.min(...missing.map((lane) => lane.fetchAfter)))
        else if (isCrowded()) await sleepUntil(performance.now() + crowdedMs)
        else await fill(due[next++ % due.length] as Lane)
      }
    },
    wake: (): void => wake(),
    close: (): void => {
      isOpen = false
      wake()
    },
  }
}
