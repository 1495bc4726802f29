import type { Pool } from 'pg'
import type { Log, Source, Subscription } from '../log.ts'
import type { Logger } from '../logger.ts'
import { changes } from './changes.ts'
import { type Consumer, type RunningConsumer, runConsumer } from './consumer.ts'

/** How long the log waits for a consumer that has no room, before that consumer is left to fetch for itself. */
const patienceMs = 250

/** How often the owners are asked how far they are. */
const askHeadsMs = 5_000

/** The service of an event type: `activities.activity-held.v1` → `activities`. */
export const serviceOf = (type: string): string => type.slice(0, type.indexOf('.'))

/** Whose facts a consumer handles. */
const servicesOf = ({ types, services = [] }: Consumer): string[] => [...new Set([...services, ...(types === 'all' ? [] : [...types].map(serviceOf))])]

/**
 * All consumers of one service's process, fed by one subscription. Each has its own checkpoint and its own pace: who is slow or fails
 * falls behind alone and catches up from the owners' tables.
 */
export const consumption = (given: {
  readonly service: string
  readonly pool: Pool
  readonly log: Log
  /** Shards of every service. */
  readonly shards: number
  readonly logger: Logger
  readonly handled?: ((consumer: string, seconds: number) => void) | undefined
  readonly askHeadsMs?: number
}) => {
  const { service, pool, log, shards, logger } = given
  const running = new Map<string, RunningConsumer>()
  const { changed: awaited, until } = changes()
  let subscription: Subscription | null = null
  let asking: NodeJS.Timeout | undefined
  let isStarted = false

  const sourcesOf = (consumer: Consumer): Source[] =>
    servicesOf(consumer).flatMap((each) => Array.from({ length: shards }, (_, shard) => ({ service: each, shard })))
  const listeners = (source: Source): RunningConsumer[] => [...running.values()].filter((each) => each.isRunning() && each.listensTo(source))

  /** A log may lose what it had confirmed, and then nothing comes by which that could be seen. An owner that is away is asked the next time. */
  const askHeads = async (service: string): Promise<void> => {
    const heads = await log.heads(service).catch(() => new Map<number, number>())
    for (const [shard, head] of heads) for (const each of listeners({ service, shard })) each.reaches({ service, shard }, head)
  }

  return {
    /** Adds a consumer; what it listens to must be among what the consumers at the start listened to. */
    add: async (consumer: Consumer): Promise<RunningConsumer> => {
      if (running.has(consumer.name)) throw new Error(`${service} has two consumers named ${consumer.name}`)
      const added = runConsumer({ consumer, sources: sourcesOf(consumer), pool, replay: log.replay, logger, handled: given.handled, awaited })
      running.set(consumer.name, added)
      if (isStarted) await added.start()
      return added
    },
    remove: async (name: string): Promise<void> => {
      const removed = running.get(name)
      running.delete(name)
      await removed?.close()
    },
    find: (name: string): RunningConsumer | undefined => running.get(name),
    start: async (): Promise<void> => {
      await Promise.all([...running.values()].map((each) => each.start()))
      isStarted = true
      const services = [...new Set([...running.values()].flatMap((each) => [...each.services]))]
      if (services.length === 0) return
      subscription = await log.subscribe({
        group: service,
        services,
        // From where the furthest is: the others fetch what they miss, and nobody waits for them.
        from: (source) => Math.max(0, ...listeners(source).map((each) => each.position(source))),
        kept: (source) => Math.min(Number.MAX_SAFE_INTEGER, ...listeners(source).map((each) => each.stored(source))),
        rest: (ms) => until(() => [...running.values()].some((each) => each.isAwaited()), ms),
        handle: async (slice) => {
          const mine = listeners(slice)
          await Promise.all(mine.map((each) => each.room(patienceMs)))
          for (const each of mine) each.offer(slice)
        },
      })
      asking = setInterval(() => {
        for (const each of running.values()) each.look()
        void Promise.all(services.map(askHeads))
      }, given.askHeadsMs ?? askHeadsMs).unref()
    },
    states: () => [...running.values()].map((each) => each.state()),
    close: async (): Promise<void> => {
      clearInterval(asking)
      await subscription?.close()
      await Promise.all([...running.values()].map((each) => each.close()))
    },
  }
}

export type Consumption = ReturnType<typeof consumption>
