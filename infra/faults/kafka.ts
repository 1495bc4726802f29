import { randomUUID } from 'node:crypto'
import { type Admin, Kafka, type KafkaMessage, logLevel } from 'kafkajs'
import { topicOf } from '../../shared/src/log/cloud-event.ts'
import type { World } from './fault.ts'

/** How the faults themselves reach Kafka. */
export const connectFaults = (brokers: readonly string[]): Kafka =>
  new Kafka({
    clientId: 'collegium-faults',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 200, maxRetryTime: 2_000, retries: 12 },
  })

export const withAdmin = async <T>(kafka: Kafka, act: (admin: Admin) => Promise<T>): Promise<T> => {
  const admin = kafka.admin()
  await admin.connect()
  try {
    return await act(admin)
  } finally {
    await admin.disconnect()
  }
}

/** Which broker leads the first partition of what a service's relay sends to; counts from 0. */
export const leaderOf = (kafka: Kafka, { system }: World, service: string): Promise<number> =>
  withAdmin(kafka, async (admin) => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topicOf(service)] })
    const leader = topics[0]?.partitions.find(({ partitionId }) => partitionId === 0)?.leader ?? 1
    return Math.max(0, Math.min(system.engines.kafka.brokers.length, leader) - 1)
  })

export type Read = { readonly topic: string; readonly partition: number; readonly offset: number; readonly message: KafkaMessage }

/** What stands in topics now, partition by partition in order; of each partition the last so many, or all. */
export const readTopics = async (kafka: Kafka, topics: readonly string[], last = Number.MAX_SAFE_INTEGER): Promise<Read[]> => {
  const groupId = `collegium-faults-${randomUUID()}`
  const ends = new Map<string, number>()
  const begins: { topic: string; partition: number; offset: string }[] = []
  await withAdmin(kafka, async (admin) => {
    for (const topic of topics)
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
        const begin = Math.max(Number(low), Number(high) - last)
        begins.push({ topic, partition, offset: String(begin) })
        if (Number(high) > begin) ends.set(`${topic}/${partition}`, Number(high))
      }
  })
  const read: Read[] = []
  if (ends.size === 0) return read
  const consumer = kafka.consumer({ groupId, sessionTimeout: 30_000, maxWaitTimeInMs: 100 })
  await consumer.connect()
  try {
    await consumer.subscribe({ topics: [...topics], fromBeginning: true })
    await new Promise<void>((resolve, reject) => {
      const giveUp = setTimeout(() => reject(new Error(`The topics could not be read to their ends; missing are ${[...ends.keys()].join(', ')}`)), 60_000)
      consumer
        .run({
          autoCommit: false,
          eachBatch: async ({ batch: { topic, partition, messages } }) => {
            const key = `${topic}/${partition}`
            if (!ends.has(key)) return
            for (const message of messages) read.push({ topic, partition, offset: Number(message.offset), message })
            // An idempotent producer's batches leave no marks behind: the last record stands right before the end.
            if (Number(messages.at(-1)?.offset ?? -1) + 1 >= (ends.get(key) as number)) ends.delete(key)
            if (ends.size > 0) return
            clearTimeout(giveUp)
            resolve()
          },
        })
        .catch(reject)
      for (const begin of begins) consumer.seek(begin)
    })
  } finally {
    await consumer.disconnect()
    await withAdmin(kafka, (admin) => admin.deleteGroups([groupId])).catch(() => {})
  }
  return read
}
