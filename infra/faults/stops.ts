import type { Kafka } from 'kafkajs'
import { busy, type Fault, processOf, victims } from './fault.ts'
import { leaderOf } from './kafka.ts'

export const serviceStopped: Fault = {
  name: 'SIGSTOP of a service',
  lasts: [2_000, 9_000],
  inject: async (world, random) => {
    const victim = processOf(world, random.pick(victims))
    const pid = victim.pid()
    if (pid !== null) process.kill(pid, 'SIGSTOP')
    return {
      what: victim.name,
      heal: async () => {
        if (pid !== null && victim.pid() === pid) process.kill(pid, 'SIGCONT')
      },
    }
  },
}

/** Longer than the controllers believe in a broker (3 s): it comes back in the belief that it still leads. */
export const leaderStopped = (kafka: Kafka): Fault => ({
  name: 'SIGSTOP of the leading broker',
  lasts: [3_000, 9_000],
  inject: async (world, random) => {
    const service = random.pick(busy)
    const index = await leaderOf(kafka, world, service)
    return { what: `kafka-${index + 1}, which led ${service}/0`, heal: await world.system.engines.kafka.freeze(index) }
  },
})

export const postgresStopped: Fault = {
  name: 'SIGSTOP of Postgres',
  lasts: [2_000, 9_000],
  inject: async ({ system: { engines } }) => ({ what: 'every process of the server', heal: await engines.postgres.freeze() }),
}

export const redisStopped: Fault = {
  name: 'SIGSTOP of Redis',
  lasts: [2_000, 9_000],
  inject: async ({ system: { engines } }) => ({ what: 'nobody is told', heal: await engines.redis.freeze() }),
}
