import { setTimeout as sleep } from 'node:timers/promises'
import { type Kafka, type Message, Partitioners } from 'kafkajs'
import { topicOf } from '../../shared/src/log/cloud-event.ts'
import { refill } from '../kafka/refill.ts'
import { createTopics } from '../kafka/topics.ts'
import { busy, type Fault, victims } from './fault.ts'
import { readTopics, withAdmin } from './kafka.ts'

/** In the headers of what a fault put into a topic, so that the checker does not take it for the relay's. */
export const injected = 'faults-injected'

const send = async (kafka: Kafka, topic: string, messages: readonly Message[]): Promise<void> => {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, allowAutoTopicCreation: false })
  await producer.connect()
  try {
    await producer.send({ topic, messages: messages.map((each) => ({ ...each, headers: { ...each.headers, [injected]: '1' } })) })
  } finally {
    await producer.disconnect()
  }
}

/** Records that were delivered before come again: the newest, while others arrive between them, and old ones in any order. */
export const deliveredAgain = (kafka: Kafka): Fault => ({
  name: 'duplicated and delayed deliveries',
  lasts: [500, 2_000],
  inject: async (_world, random) => {
    const service = random.pick(busy)
    const topic = topicOf(service)
    const read = await readTopics(kafka, [topic], 300)
    const again = random.shuffled(read).slice(0, 100)
    const newest = read.slice(-100)
    for (const records of [newest, again, newest])
      if (records.length > 0)
        await send(
          kafka,
          topic,
          records.map(({ partition, message: { key, value, headers } }) => ({ key, value, partition, headers: { ...headers } })),
        )
    return { what: `${newest.length * 2 + again.length} records of ${topic}`, heal: async () => {} }
  },
})

/** A second member comes into a service's group and leaves it, again and again; it keeps nothing. */
export const rebalanced = (kafka: Kafka): Fault => ({
  name: 'a rebalance every few seconds',
  lasts: [6_000, 12_000],
  inject: async (_world, random) => {
    const service = random.pick(victims)
    const groupId = `collegium.${service}`
    const topics = await withAdmin(kafka, async (admin) => {
      const { groups } = await admin.describeGroups([groupId])
      if ((groups[0]?.members.length ?? 0) === 0) return []
      return (await admin.listTopics()).filter((topic) => topic.startsWith('collegium.'))
    })
    let isOpen = topics.length > 0
    const storm = (async () => {
      while (isOpen) {
        const consumer = kafka.consumer({ groupId, sessionTimeout: 6_000, rebalanceTimeout: 90_000, maxWaitTimeInMs: 250 })
        await consumer.connect()
        await consumer.subscribe({ topics })
        await consumer.run({ autoCommit: false, eachBatch: async () => {} })
        await sleep(1_500)
        await consumer.disconnect()
        if (isOpen) await sleep(1_500)
      }
    })()
    storm.catch(() => {})
    return {
      what: groupId,
      heal: async () => {
        isOpen = false
        await storm.catch(() => {})
      },
    }
  },
})

/** A topic is deleted with all its records, made anew, and filled again from the tables by the operators' command. */
export const topicRebuilt = (kafka: Kafka): Fault => ({
  name: 'a topic deleted and rebuilt',
  lasts: [1_000, 4_000],
  inject: async ({ system, shards, pool }, random) => {
    const service = random.pick(busy)
    await withAdmin(kafka, (admin) => admin.deleteTopics({ topics: [topicOf(service)], timeout: 20_000 }))
    const refills = random.below(2) === 0
    return {
      what: `${topicOf(service)}, ${refills ? 'filled again' : 'left with what comes from now on'}`,
      heal: async () => {
        for (let tries = 0; ; tries++)
          try {
            await createTopics(system.engines.kafka.brokers, [service], shards)
            break
          } catch (error) {
            // Its deletion may not have reached every broker yet.
            if (tries > 20) throw error
            await sleep(500)
          }
        if (refills) await refill(pool(service))
      },
    }
  },
})

/** What is no fact at all: nobody can read it, and it must hold nobody up. */
export const garbage = (kafka: Kafka): Fault => ({
  name: 'garbage in a topic',
  lasts: [500, 2_000],
  inject: async ({ shards }, random) => {
    const topic = topicOf(random.pick(busy))
    const values = ['this is no JSON', '{"half": ', '[]', 'null', '{"position":"x"}', '{}']
    const messages = values.map((value) => ({ key: 'faults', value, partition: random.below(shards) }))
    await send(kafka, topic, messages)
    return { what: `${messages.length} records in ${topic}`, heal: async () => {} }
  },
})
