import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kafka as Client, type Consumer, logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from '../../../infra/engines/find.ts'
import { startKafka } from '../../../infra/engines/kafka.ts'
import type { Kafka } from '../../../infra/engines/kafka-settings.ts'
import { createTopics } from '../../../infra/kafka/topics.ts'
import type { Log } from '../log.ts'
import { eventually } from '../testing/eventually.ts'
import { freshService, raised, silent } from '../testing/fresh-service.ts'
import { topicOf } from './cloud-event.ts'
import { kafkaSink } from './kafka.ts'
import { kafkaLog } from './kafka-log.ts'
import { startRelay } from './relay.ts'

/** What a process that was asked to end gives Kafka: its consumers and its relay, one after the other. */
const mostMs = { consumer: 5_000, relay: 4_500 }

describe.skipIf(!(await engines('kafka')))('a process that ends', () => {
  let kafka: Kafka
  let client: Client
  beforeAll(async () => {
    kafka = await startKafka()
    client = new Client({ brokers: [...kafka.brokers], logLevel: logLevel.NOTHING, retry: { retries: 20 } })
  }, 120_000)
  afterAll(() => kafka?.stop())

  /** A topic with a fact in it, and a log that reads it in a group of its own. */
  const scene = async () => {
    const service = `s${randomUUID().slice(-12)}`
    // Right after a broker stood still, or a topic was made, not everything is known everywhere yet.
    await eventually(() => createTopics(kafka.brokers, [service], 1), undefined, 20_000)
    const tell = async (position: number): Promise<void> => {
      const producer = client.producer()
      await producer.connect()
      const value = JSON.stringify({ service, shard: 0, position, type: 'a.b.v1', stream: 's' })
      await eventually(() => producer.send({ topic: topicOf(service), messages: [{ value, partition: 0 }] }), undefined, 20_000)
      await producer.disconnect()
    }
    const got: number[] = []
    const settings = { brokers: kafka.brokers, clientId: 'spec', logger: silent }
    const log = kafkaLog({ ...settings, decode: JSON.parse, replay: async () => [], heads: async () => new Map() })
    const subscribe = () =>
      log.subscribe({ group: service, services: [service], from: () => 0, handle: async ({ events }) => void got.push(...events.map((each) => each.position)) })
    const members = async (): Promise<number> => {
      const admin = client.admin()
      await admin.connect()
      const { groups } = await admin.describeGroups([`collegium.${service}`])
      await admin.disconnect()
      return groups[0]?.members.length ?? 0
    }
    /** From here on it has read what there was. */
    const reading = async (): Promise<void> => {
      await tell(1)
      await subscribe()
      await eventually(
        () => got,
        (all) => all.length === 1,
        20_000,
      )
    }
    return { service, log, got, tell, subscribe, members, reading }
  }

  /** Somebody in the group who has a fact in hand for good and says nothing any more: whoever joins waits for it. */
  const silentMember = async (service: string): Promise<Consumer> => {
    const consumer = client.consumer({ groupId: `collegium.${service}`, sessionTimeout: 30_000, rebalanceTimeout: 90_000, maxWaitTimeInMs: 100 })
    await consumer.connect()
    await consumer.subscribe({ topics: [topicOf(service)], fromBeginning: true })
    const hasIt = Promise.withResolvers<void>()
    void consumer.run({
      autoCommit: false,
      eachBatch: async () => {
        hasIt.resolve()
        await new Promise(() => {})
      },
    })
    await hasIt.promise
    return consumer
  }
  const closing = async (log: Log): Promise<number> => {
    const began = performance.now()
    await log.close()
    return performance.now() - began
  }

  it('leaves its group at once where nothing is in its way', async () => {
    const { log, members, reading } = await scene()
    await reading()
    expect(await closing(log)).toBeLessThan(mostMs.consumer)
    expect(await members()).toBe(0)
  }, 60_000)

  it('does not wait for a group that it is joining and that waits for somebody else', async () => {
    const { service, log, got, tell, subscribe } = await scene()
    await tell(1)
    await silentMember(service)
    await subscribe()
    await sleep(2_000)
    expect(await closing(log)).toBeLessThan(mostMs.consumer)
    await tell(2)
    await sleep(1_000)
    expect(got).toEqual([])
  }, 60_000)

  it('does not wait for a group that is rebalancing, and takes nothing any more', async () => {
    const { service, log, got, tell, reading } = await scene()
    await reading()
    // It comes in, gets nothing to do (there is one partition), and goes silent; the next who joins makes the group wait for it.
    const other = client.consumer({ groupId: `collegium.${service}`, sessionTimeout: 30_000, rebalanceTimeout: 90_000, heartbeatInterval: 29_000 })
    await other.connect()
    await other.subscribe({ topics: [topicOf(service)], fromBeginning: true })
    await other.run({ autoCommit: false, eachBatch: () => new Promise(() => {}) })
    const third = client.consumer({ groupId: `collegium.${service}`, sessionTimeout: 30_000, rebalanceTimeout: 90_000 })
    await third.connect()
    await third.subscribe({ topics: [topicOf(service)], fromBeginning: true })
    void third.run({ autoCommit: false, eachBatch: () => new Promise(() => {}) })
    await sleep(4_000)
    const had = got.length
    expect(await closing(log)).toBeLessThan(mostMs.consumer)
    await tell(2)
    await sleep(1_000)
    expect(got.length).toBe(had)
  }, 60_000)

  it('does not wait for a broker that stands still, neither to read nor to send', async () => {
    const { log, reading } = await scene()
    await reading()
    const fresh = await freshService(`s${randomUUID().slice(-12)}`, [raised])
    await createTopics(kafka.brokers, [fresh.service], 2)
    const sink = kafkaSink({ brokers: kafka.brokers, clientId: 'spec', logger: silent })
    const relay = await startRelay({ service: fresh.service, pool: fresh.pool, tables: fresh.store, sink, logger: silent })
    const goOn = await kafka.freeze(0)
    try {
      await fresh.raise('c1')
      await sleep(500)
      expect(await closing(log)).toBeLessThan(mostMs.consumer)
      const began = performance.now()
      await relay.close()
      expect(performance.now() - began).toBeLessThan(mostMs.relay)
      // It was not confirmed: the next process sends it again.
      expect((await fresh.pool.query('select sum(position)::int as sent from relay_cursor')).rows).toEqual([{ sent: 0 }])
    } finally {
      await goOn()
      await fresh.drop()
    }
  }, 60_000)

  it('does not wait for a broker that is gone', async () => {
    const { log, reading } = await scene()
    await reading()
    await kafka.kill(0)
    await sleep(1_000)
    expect(await closing(log)).toBeLessThan(mostMs.consumer)
    await kafka.start(0)
  }, 90_000)
})
