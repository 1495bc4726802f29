import type { Kafka } from 'kafkajs'
import { clockJumped } from './clocks.ts'
import { deliveredAgain, garbage, rebalanced, topicRebuilt } from './deliveries.ts'
import type { Fault } from './fault.ts'
import { gatewayKilled, leaderKilled, postgresKilled, redisEmptied, redisKilled, serviceKilled, serviceStopped } from './kills.ts'
import { lineCut, lineDead, lineSlow } from './lines.ts'
import { poisoned } from './poison.ts'

/** Everything that a run may do to a system. */
export const allFaults = (kafka: Kafka): readonly Fault[] => [
  serviceKilled,
  gatewayKilled,
  serviceStopped,
  leaderKilled(kafka),
  postgresKilled,
  redisKilled,
  redisEmptied,
  lineCut,
  lineSlow,
  lineDead,
  rebalanced(kafka),
  topicRebuilt(kafka),
  deliveredAgain(kafka),
  garbage(kafka),
  poisoned,
  clockJumped,
]
