import { Kafka as Client, ConfigResourceTypes, logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { topicOf } from '../../shared/src/log/cloud-event.ts'
import { engines } from '../engines/find.ts'
import { startKafka } from '../engines/kafka.ts'
import type { Kafka } from '../engines/kafka-settings.ts'
import { createTopics, topicConfig } from './topics.ts'

it('three brokers hold three copies of which two must be in step, one broker holds one', () => {
  const minimum = (brokers: number) => topicConfig('audit', 8, brokers).configEntries?.find(({ name }) => name === 'min.insync.replicas')?.value
  expect([topicConfig('audit', 8, 3).replicationFactor, minimum(3)]).toEqual([3, '2'])
  expect([topicConfig('audit', 8, 1).replicationFactor, minimum(1)]).toEqual([1, '1'])
})

describe.skipIf(!(await engines('kafka')))('topics', () => {
  let kafka: Kafka
  beforeAll(async () => {
    kafka = await startKafka({ environment: { ...process.env, COLLEGIUM_KAFKA_BROKERS: '' } })
  }, 60_000)
  afterAll(() => kafka?.stop())

  it('are created once, with a partition a shard, fourteen days and no unclean leader', async () => {
    const names = ['membership', 'audit']
    const both = await Promise.all([createTopics(kafka.brokers, names, 4), createTopics(kafka.brokers, names, 4)])
    expect(both).toEqual([names.map(topicOf), names.map(topicOf)])
    expect(await createTopics(kafka.brokers, [...names, 'feedback'], 4)).toContain('collegium.feedback.v1')

    const admin = new Client({ brokers: [...kafka.brokers], logLevel: logLevel.NOTHING }).admin()
    await admin.connect()
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [
        { type: ConfigResourceTypes.TOPIC, name: topicOf('audit'), configNames: ['retention.ms', 'unclean.leader.election.enable', 'min.insync.replicas'] },
      ],
    })
    const { topics } = await admin.fetchTopicMetadata({ topics: [topicOf('audit')] })
    await admin.disconnect()
    const settings = Object.fromEntries((resources[0]?.configEntries ?? []).map(({ configName, configValue }) => [configName, configValue]))
    expect(settings).toEqual({ 'retention.ms': '1209600000', 'unclean.leader.election.enable': 'false', 'min.insync.replicas': '1' })
    expect(topics[0]?.partitions).toHaveLength(4)
  })

  it('with another number of partitions are refused, not changed', async () => {
    await createTopics(kafka.brokers, ['volunteers'], 4)
    await expect(createTopics(kafka.brokers, ['volunteers'], 8)).rejects.toThrow('has 4 partitions, but COLLEGIUM_SHARDS is 8')
  })
})
