import type { StartedTestContainer } from 'testcontainers'
import { uuidv7obj } from 'uuidv7'
import { freePorts } from '../../shared/src/free-port.ts'
import { askKafka, brokerSettings, type Kafka, type KafkaOptions } from './kafka-settings.ts'
import { untilReady } from './program.ts'
import { containerStandsStill, mostStillMs } from './stand-still.ts'

const variable = (setting: string): string => `KAFKA_${setting.toUpperCase().replaceAll('.', '_')}`

/** Brokers as containers of one network. Their ports of this machine are chosen first, because a broker must advertise them. */
export const containedKafka = async (options: KafkaOptions): Promise<Kafka> => {
  const { GenericContainer, Network } = await import('testcontainers')
  const count = options.brokers ?? 1
  const ports = options.ports ?? (await freePorts(count))
  const network = await new Network().start()
  const cluster = Buffer.from(uuidv7obj().bytes).toString('base64url')
  const ids = Array.from({ length: count }, (_, index) => index + 1)
  const voters = ids.map((id) => `${id}@kafka-${id}:9093`).join(',')
  const brokers = ports.map((port) => `127.0.0.1:${port}`)

  const containers = await Promise.all(
    ids.map((id, index) => {
      const settings = brokerSettings(
        {
          id,
          listeners: 'OUTSIDE://:9092,CONTROLLER://:9093,BETWEEN://:9094',
          advertised: `OUTSIDE://${brokers[index]},BETWEEN://kafka-${id}:9094`,
          protocols: 'OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT,BETWEEN:PLAINTEXT',
          between: 'BETWEEN',
        },
        voters,
        count,
      )
      const environment = Object.fromEntries(Object.entries(settings).map(([name, value]) => [variable(name), String(value)]))
      return new GenericContainer('apache/kafka:4.3.0')
        .withNetwork(network)
        .withNetworkAliases(`kafka-${id}`)
        .withEnvironment({ ...environment, CLUSTER_ID: cluster, KAFKA_HEAP_OPTS: '-Xms32m -Xmx256m' })
        .withExposedPorts({ container: 9092, host: ports[index] as number })
        .start()
    }),
  )
  const ready = (index: number, atLeast: number) =>
    untilReady('Kafka', { running: () => true, tail: () => '' }, 60_000, () => askKafka([brokers[index] as string], atLeast))
  await Promise.all(brokers.map((_, index) => ready(index, count)))

  const down = new Set<number>()
  let stopped = false
  return {
    name: 'kafka',
    address: brokers.join(','),
    brokers,
    took: 'docker',
    stop: async () => {
      if (stopped) return
      stopped = true
      await Promise.all(containers.map((container) => container.stop()))
      await network.stop()
    },
    kill: async (index) => {
      down.add(index)
      await containers[index]?.stop({ remove: false, timeout: 0 })
    },
    freeze: (index) => containerStandsStill((containers[index] as StartedTestContainer).getId(), mostStillMs),
    start: async (index) => {
      await containers[index]?.restart()
      down.delete(index)
      await ready(index, count - down.size)
    },
  }
}
