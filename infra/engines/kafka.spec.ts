import { Kafka as Client, logLevel, Partitioners } from 'kafkajs'
import { afterAll, describe, expect, it } from 'vitest'
import { topicOf } from '../../shared/src/log/cloud-event.ts'
import { createTopics } from '../kafka/topics.ts'
import { engines } from './find.ts'
import { startKafka } from './kafka.ts'
import type { Kafka } from './kafka-settings.ts'

const environment = { ...process.env, COLLEGIUM_KAFKA_BROKERS: '' }
const open: Kafka[] = []
const start = async (brokers: 1 | 3): Promise<Kafka> => {
  const kafka = await startKafka({ environment, brokers })
  open.push(kafka)
  return kafka
}
const clientOf = (kafka: Kafka) => new Client({ brokers: [...kafka.brokers], logLevel: logLevel.NOTHING, retry: { initialRetryTime: 100, retries: 20 } })
const producerOf = (client: Client) =>
  client.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false, createPartitioner: Partitioners.DefaultPartitioner })

const read = async (client: Client, topic: string, count: number): Promise<string[]> => {
  const consumer = client.consumer({ groupId: `spec-${Math.random()}` })
  const texts: string[] = []
  await consumer.connect()
  try {
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await new Promise<void>((resolve, reject) => {
      consumer
        .run({
          eachMessage: async ({ message }) => {
            texts.push(String(message.value))
            if (texts.length === count) resolve()
          },
        })
        .catch(reject)
    })
  } finally {
    await consumer.disconnect()
  }
  return texts
}

afterAll(() => Promise.all(open.map((kafka) => kafka.stop())))

describe.skipIf(!(await engines('kafka')))('kafka', () => {
  it('one broker keeps what it was sent, in order, also when it is killed and started again', async () => {
    const kafka = await start(1)
    const client = clientOf(kafka)
    await createTopics(kafka.brokers, ['documents'], 2)
    const producer = producerOf(client)
    await producer.connect()
    await producer.send({ topic: topicOf('documents'), messages: ['a', 'b', 'c'].map((value) => ({ value, partition: 1 })) })
    expect(await read(client, topicOf('documents'), 3)).toEqual(['a', 'b', 'c'])

    await kafka.kill(0)
    await kafka.start(0)
    await producer.send({ topic: topicOf('documents'), messages: [{ value: 'd', partition: 1 }] })
    await producer.disconnect()
    expect(await read(client, topicOf('documents'), 4)).toEqual(['a', 'b', 'c', 'd'])
    await kafka.stop()
  }, 120_000)

  it('three brokers elect another leader soon when the leader is killed, and take it back', async () => {
    const kafka = await start(3)
    const client = clientOf(kafka)
    await createTopics(kafka.brokers, ['documents'], 1)
    const admin = client.admin()
    const producer = producerOf(client)
    await Promise.all([admin.connect(), producer.connect()])
    const partition = async () => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topicOf('documents')] })
      return topics[0]?.partitions[0]
    }
    const before = await partition()
    expect(before?.replicas).toHaveLength(3)
    await producer.send({ topic: topicOf('documents'), messages: [{ value: 'before', partition: 0 }] })

    await kafka.kill((before?.leader ?? 1) - 1)
    const killed = Date.now()
    await producer.send({ topic: topicOf('documents'), messages: [{ value: 'after', partition: 0 }] })
    expect(Date.now() - killed).toBeLessThan(45_000)
    await expect.poll(async () => (await partition())?.leader, { timeout: 10_000 }).not.toBe(before?.leader)
    expect(await read(client, topicOf('documents'), 2)).toEqual(['before', 'after'])

    await kafka.start((before?.leader ?? 1) - 1)
    await expect.poll(async () => (await partition())?.isr.length, { timeout: 20_000 }).toBe(3)
    await Promise.all([admin.disconnect(), producer.disconnect()])
    await kafka.stop()
  }, 120_000)
})
