import { setTimeout as sleep } from 'node:timers/promises'
import { type Admin, Kafka as Client, type ITopicConfig, logLevel } from 'kafkajs'
import { topicOf } from '../../shared/src/log/cloud-event.ts'
import { type KafkaUser, saslOf } from '../../shared/src/log/kafka.ts'

const fortnight = 14 * 24 * 60 * 60 * 1_000

/** What a topic looks like in a cluster of so many brokers: three copies of which two must have it, where there are three brokers. */
export const topicConfig = (service: string, shards: number, brokers: number): ITopicConfig => {
  const copies = Math.min(3, brokers)
  return {
    topic: topicOf(service),
    numPartitions: shards,
    replicationFactor: copies,
    configEntries: Object.entries({
      'min.insync.replicas': Math.max(1, copies - 1),
      'unclean.leader.election.enable': false,
      'message.timestamp.type': 'CreateTime',
      'cleanup.policy': 'delete',
      'retention.ms': fortnight,
    }).map(([name, value]) => ({ name, value: String(value) })),
  }
}

const patienceMs = 10_000

/** A broker may not have heard yet of a topic that another has just made. */
const metadataOf = async (admin: Admin, topics: readonly string[]) => {
  for (const end = Date.now() + patienceMs; ; await sleep(100))
    try {
      return await admin.fetchTopicMetadata({ topics: [...topics] })
    } catch (error) {
      if (!(error as { retriable?: boolean }).retriable || Date.now() > end) throw error
    }
}

const faults = async (admin: Admin, topics: readonly string[], shards: number): Promise<string[]> => {
  const metadata = await metadataOf(admin, topics)
  return metadata.topics
    .filter(({ partitions }) => partitions.length !== shards)
    .map(({ name, partitions }) => `${name} has ${partitions.length} partitions, but COLLEGIUM_SHARDS is ${shards}`)
}

/**
 * Creates the topics of the services that do not exist yet; those that do are left as they are, also by two callers at once. Returns the names of
 * all. Throws when one has another number of partitions: shard and partition are the same thing, so events would change their order.
 */
export const createTopics = async (brokers: readonly string[], services: readonly string[], shards: number, user?: KafkaUser): Promise<string[]> => {
  const client = new Client({
    clientId: 'collegium-topics',
    brokers: [...brokers],
    ...saslOf(user),
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 200, retries: 8 },
  })
  const admin = client.admin()
  await admin.connect()
  try {
    const { brokers: counted } = await admin.describeCluster()
    const topics = services.map(topicOf)
    // Waited for below: kafkajs gives up waiting where a broker has not heard of a topic yet.
    await admin.createTopics({ waitForLeaders: false, topics: services.map((service) => topicConfig(service, shards, counted.length)) })
    const wrong = await faults(admin, topics, shards)
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
    return topics
  } finally {
    await admin.disconnect()
  }
}
