import { dockerAnswers } from './docker.ts'
import { EngineMissing, notOurs } from './engine.ts'
import { containedKafka } from './kafka-docker.ts'
import { localKafka } from './kafka-local.ts'
import { askKafka, type Kafka, type KafkaOptions } from './kafka-settings.ts'

const named = async (address: string): Promise<Kafka> => {
  const brokers = address.split(',').map((broker) => broker.trim())
  try {
    await askKafka(brokers, 1)
  } catch (cause) {
    throw new EngineMissing('kafka', `COLLEGIUM_KAFKA_BROKERS names brokers that do not answer (${address}): ${(cause as Error).message}`)
  }
  const refuse = notOurs('kafka', address)
  return { name: 'kafka', address, brokers, took: 'environment', stop: async () => {}, kill: refuse, start: refuse, freeze: refuse }
}

/** Finds a Kafka: the brokers of COLLEGIUM_KAFKA_BROKERS, or containers where Docker answers and no folder was asked for, or JVM processes. */
export const startKafka = async (options: KafkaOptions = {}): Promise<Kafka> => {
  const environment = options.environment ?? process.env
  const address = environment.COLLEGIUM_KAFKA_BROKERS
  const kafka = address
    ? await named(address)
    : options.dir === undefined && (await dockerAnswers(environment))
      ? await containedKafka(options)
      : await localKafka(options)
  options.say?.(`kafka: ${kafka.took}, ${kafka.address}`)
  return kafka
}
