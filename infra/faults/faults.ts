import type { Kafka } from 'kafkajs'
import { clocksJumped } from './clock-jumps.ts'
import type { Clocks } from './clocks.ts'
import { deliveredAgain, garbage, rebalanced, topicRebuilt } from './deliveries.ts'
import type { Fault } from './fault.ts'
import { gatewayKilled, leaderKilled, postgresKilled, redisEmptied, redisKilled, serviceKilled } from './kills.ts'
import { lineCut, lineDead, lineSlow } from './lines.ts'
import { poisoned } from './poison.ts'
import { leaderStopped, postgresStopped, redisStopped, serviceStopped } from './stops.ts'

/** Everything that a run may do to a system. */
export const allFaults = (kafka: Kafka, clocks: Clocks): readonly Fault[] => [
  serviceKilled,
  gatewayKilled,
  serviceStopped,
  leaderKilled(kafka),
  postgresKilled,
  redisKilled,
  redisEmptied,
  leaderStopped(kafka),
  postgresStopped,
  redisStopped,
  lineCut,
  lineSlow,
  lineDead,
  rebalanced(kafka),
  topicRebuilt(kafka),
  deliveredAgain(kafka),
  garbage(kafka),
  poisoned,
  ...clocksJumped(clocks),
]
