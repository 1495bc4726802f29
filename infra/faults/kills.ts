import { Redis } from 'ioredis'
import type { Kafka } from 'kafkajs'
import { busy, type Fault, processOf, victims } from './fault.ts'
import { leaderOf } from './kafka.ts'

/** One of these processes ends without warning. */
export const killOf = (names: readonly string[]): Fault => ({
  name: 'kill -9 of a service',
  lasts: [200, 4_000],
  inject: async (world, random) => {
    const victim = processOf(world, random.pick(names))
    await victim.kill('SIGKILL')
    return { what: victim.name, heal: victim.start }
  },
})

/** Those that are sent commands twice as often. */
export const serviceKilled = killOf([...busy, ...busy, ...victims])

export const gatewayKilled: Fault = {
  name: 'kill -9 of the gateway',
  lasts: [200, 2_000],
  inject: async (world) => {
    const gateway = processOf(world, 'gateway')
    await gateway.kill('SIGKILL')
    return { what: 'gateway', heal: gateway.start }
  },
}

export const leaderKilled = (kafka: Kafka): Fault => ({
  name: 'kill -9 of the leading broker',
  lasts: [2_000, 8_000],
  inject: async (world, random) => {
    const service = random.pick(busy)
    const index = await leaderOf(kafka, world, service)
    await world.system.engines.kafka.kill(index)
    return { what: `kafka-${index + 1}, which led ${service}/0`, heal: () => world.system.engines.kafka.start(index) }
  },
})

export const postgresKilled: Fault = {
  name: 'crash of Postgres',
  lasts: [100, 3_000],
  inject: async ({ system: { engines } }) => {
    await engines.postgres.kill()
    return { what: 'every process of the server at once', heal: engines.postgres.restart }
  },
}

export const redisKilled: Fault = {
  name: 'kill -9 of Redis',
  lasts: [100, 4_000],
  inject: async ({ system: { engines } }) => {
    await engines.redis.kill()
    return { what: 'comes back empty', heal: engines.redis.restart }
  },
}

export const redisEmptied: Fault = {
  name: 'FLUSHALL',
  lasts: [500, 2_000],
  inject: async ({ system: { engines } }) => {
    const client = new Redis(engines.redis.address, { maxRetriesPerRequest: 2, retryStrategy: (times) => (times > 3 ? null : 200) })
    client.on('error', () => {})
    await client.flushall().catch(() => {})
    client.disconnect()
    return { what: 'everything in Redis', heal: async () => {} }
  },
}
