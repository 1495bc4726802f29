import type { Pool } from 'pg'
import type { Registry } from 'prom-client'
import type { Recorded } from '../aggregate.ts'
import { erasures } from '../erasure/apply.ts'
import type { RelayState } from '../log/relay.ts'
import type { Log } from '../log.ts'
import type { Logger } from '../logger.ts'
import { histogram } from '../measuring.ts'
import { withDeadline } from '../overload/deadline.ts'
import { watchPressure } from '../overload/pressure.ts'
import type { Service } from '../service.ts'
import type { Store } from '../store/store.ts'
import type { View } from '../view.ts'
import type { Consumer } from './consumer.ts'
import { type Consumption, consumption } from './consumption.ts'
import { deadlineConsumer, runDeadlines } from './deadlines.ts'
import { healthOf } from './health.ts'
import { observeConsumers, observeErasures } from './metrics.ts'
import { operations } from './operations.ts'
import { listParked, type ParkedStream, retryParked, skipParked } from './parked.ts'
import { type Execute, reactionConsumer } from './reactions.ts'
import type { Tx } from './transaction.ts'
import { viewAsOf } from './view-as-of.ts'
import { dropRetired, releaseBuild } from './view-builds.ts'
import { runViews } from './views.ts'

const hourMs = 3_600_000
const never = Number.POSITIVE_INFINITY

/** Everything of a service that follows facts: views, reactions, deadlines, erasures. Tables are there when this resolves; `start` begins to read the log. */
export const startConsumers = async (given: {
  readonly service: Service
  /** Consumers of the service's own making. */
  readonly further?: readonly Consumer[]
  readonly pool: Pool
  readonly store: Pick<Store, 'shards' | 'append' | 'heads' | 'forgetOpened'>
  readonly log: Log
  readonly logger: Logger
  readonly clock: () => string
  readonly ask: () => unknown
  readonly execute: Execute
  readonly metrics?: Registry
  /** What waits to go out to Kafka; null where readers follow the tables. */
  readonly relay?: () => readonly RelayState[] | null
}) => {
  const { service, pool, log, logger, clock, ask, execute } = given
  const handled = given.metrics && histogram(given.metrics, 'messaging_process_duration_seconds')
  const consumers = consumption({
    service: service.name,
    pool,
    log,
    shards: given.store.shards,
    logger,
    handled: (consumer, seconds) => handled?.observe({ service: service.name, messaging_consumer_group_name: consumer }, seconds),
  })
  const views = await runViews({ views: service.views, pool, consumers, logger })
  for (const reaction of service.reactions) await consumers.add(reactionConsumer({ reaction, ask, execute, logger }))
  for (const declared of service.deadlines) await consumers.add(deadlineConsumer(declared))
  for (const consumer of given.further ?? []) await consumers.add(consumer)
  const deadlines = runDeadlines({ pool, aggregates: service.aggregates, execute, clock, logger })
  const erasing = erasures({ service, pool, store: given.store, logger, clock })
  await consumers.add(erasing.consumer)
  for (const view of service.views) if (view.personal) views.onChange(view, (units) => units.size === 0 && erasing.viewChanged())
  const unobserve = given.metrics
    ? [observeConsumers(given.metrics, service.name, consumers.states), observeErasures(given.metrics, service.name, erasing.pending)]
    : []
  const dropping = setInterval(() => void dropRetired(pool).catch((error) => logger.warn({ err: error }, 'replaced views were not dropped')), hourMs).unref()
  let isStarted = false

  const parked = {
    list: (consumer?: string) => listParked(pool, consumer),
    retry: (at: ParkedStream) => retryParked(pool, at, log.replay, applyOf(consumers, at.consumer)).finally(() => consumers.find(at.consumer)?.lookAgain()),
    skip: (at: ParkedStream, skip: { reason: string; by: string }) =>
      skipParked(pool, at, skip, log.replay, applyOf(consumers, at.consumer)).finally(() => consumers.find(at.consumer)?.lookAgain()),
  }
  // What is started lasts longer than the request that started it.
  const rebuild = (view: View, held = false): Promise<string> => withDeadline(null, () => views.rebuild(view, held))
  const pressure = watchPressure({ shedMs: { command: never, read: never, live: never, bulk: never }, bulkLoad: never })
  const health = () => healthOf({ service: service.name, pool, states: consumers.states(), relay: given.relay?.() ?? null, pressure })

  return {
    query: views.query,
    onChange: views.onChange,
    /** Waits until the views that listen to this source show the position; false when the time was over. */
    waitFor: (source: string, shard: number, position: number, timeoutMs = 2_000): Promise<boolean> =>
      views.waitFor({ service: source, shard }, position, timeoutMs),
    rebuild,
    building: views.building,
    parked,
    states: consumers.states,
    healthy: (): boolean => isStarted,
    mountViewsAsOf: viewAsOf({ service, shards: given.store.shards, replay: log.replay }),
    mountOperations: operations({
      service,
      states: consumers.states,
      parked,
      rebuild,
      release: (view, schema) => releaseBuild(pool, view.name, schema),
      health,
    }),
    start: async (): Promise<void> => {
      await dropRetired(pool)
      await erasing.start()
      await consumers.start()
      deadlines.start()
      isStarted = true
    },
    close: async (): Promise<void> => {
      isStarted = false
      clearInterval(dropping)
      pressure.close()
      for (const stop of unobserve) stop()
      await erasing.close()
      await deadlines.close()
      await views.close()
      await consumers.close()
    },
  }
}

/** What a consumer does with one event by itself: how a parked one is tried again. */
const applyOf = (consumers: Consumption, name: string) => {
  const consumer = consumers.find(name)?.consumer
  if (!consumer) throw new Error(`There is no consumer named ${name}`)
  return async (tx: Tx, event: Recorded): Promise<void> => {
    await consumer.perform?.([event])
    await consumer.effects?.([event])?.(tx)
  }
}
