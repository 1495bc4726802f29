import type { Replay, Source } from '../log.ts'
import type { View } from '../view.ts'
import type { Position } from './replayed.ts'

/** The sources that a view listens to: every shard of each service whose facts it knows. */
export const sourcesOf = (view: View, shards: number): Source[] => {
  const own = view.on.map(({ definition }) => definition.type.slice(0, definition.type.indexOf('.')))
  const services = [...new Set([...own, ...(view.others?.services ?? [])])].sort()
  return services.flatMap((service) => Array.from({ length: shards }, (_, shard) => ({ service, shard })))
}

/**
 * How far each source had come by a moment (UTC): up to the last fact before the first that was recorded later. Found by halving, so that a
 * long history costs a few dozen reads of one fact.
 */
export const positionsAt = (sources: readonly Source[], moment: string, replay: Replay): Promise<Position[]> =>
  Promise.all(
    sources.map(async (source) => {
      const isReached = async (position: number): Promise<boolean> => {
        const [fact] = await replay(source, position - 1, 1)
        return fact !== undefined && fact.recorded <= moment
      }
      let [reached, beyond] = [0, 1]
      while (await isReached(beyond)) [reached, beyond] = [beyond, beyond * 2]
      while (beyond - reached > 1) {
        const middle = Math.floor((reached + beyond) / 2)
        if (await isReached(middle)) reached = middle
        else beyond = middle
      }
      return { ...source, position: reached }
    }),
  )
