import type { Pool } from 'pg'
import type { Log } from '../log.ts'
import type { Logger } from '../logger.ts'
import type { Service } from '../service.ts'
import { consumption } from './consumption.ts'
import { deadlineConsumer, runDeadlines } from './deadlines.ts'
import { type Execute, reactionConsumer } from './reactions.ts'
import { runViews } from './views.ts'

/** Everything of a service that reads the log: its views, reactions and deadlines, each with its own checkpoint. */
export const serviceConsumers = async (given: {
  readonly service: Service
  readonly pool: Pool
  readonly log: Log
  readonly shards: number
  readonly ask: () => unknown
  readonly execute: Execute
  readonly clock: () => string
  readonly logger: Logger
}) => {
  const { service, pool, log, ask, execute, clock, logger } = given
  const consumers = consumption({ service: service.name, pool, log, shards: given.shards, logger })
  const views = await runViews({ views: service.views, pool, consumers, logger })
  for (const reaction of service.reactions) await consumers.add(reactionConsumer({ reaction, ask, execute, logger }))
  for (const deadlines of service.deadlines) await consumers.add(deadlineConsumer(deadlines))
  const timer = service.deadlines.length > 0 ? runDeadlines({ pool, aggregates: service.aggregates, execute, clock, logger }) : null

  return {
    views,
    states: consumers.states,
    find: consumers.find,
    start: async (): Promise<void> => {
      await consumers.start()
      timer?.start()
    },
    close: async (): Promise<void> => {
      await timer?.close()
      await views.close()
      await consumers.close()
    },
  }
}

export type ServiceConsumers = Awaited<ReturnType<typeof serviceConsumers>>
