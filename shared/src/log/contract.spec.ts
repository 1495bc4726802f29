import { Kafka as Client, logLevel } from 'kafkajs'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startKafka } from '../../../infra/engines/kafka.ts'
import type { Kafka } from '../../../infra/engines/kafka-settings.ts'
import { createTopics } from '../../../infra/kafka/topics.ts'
import { newId } from '../ids.ts'
import type { Log, Slice, Source } from '../log.ts'
import { decodeRecord } from '../store/record.ts'
import { eventually } from '../testing/eventually.ts'
import { closed, freshService, raised, silent } from '../testing/fresh-service.ts'
import { topicOf } from './cloud-event.ts'
import { eventTablesLog } from './embedded.ts'
import { kafkaSink } from './kafka.ts'
import { kafkaLog } from './kafka-log.ts'
import { type Relay, startRelay } from './relay.ts'

type Fresh = Awaited<ReturnType<typeof freshService>>
type World = { readonly log: Log; readonly end: () => Promise<void> }

const key = (source: Source): string => `${source.service}/${source.shard}`

/** What every log must do, over real services whose names are new in each test. */
const contract = (name: string, make: (services: readonly Fresh[]) => Promise<World>) =>
  describe(name, () => {
    let services: Fresh[] = []
    let world: World

    const start = async (count = 1): Promise<Fresh[]> => {
      services = []
      for (let index = 0; index < count; index += 1) services.push(await freshService(`s${newId().replaceAll('-', '').slice(-12)}`, [raised, closed]))
      world = await make(services)
      return services
    }
    const end = async (): Promise<void> => {
      await world.log.close()
      await world.end()
      for (const service of services) await service.drop()
    }
    const fill = async (service: Fresh, count: number, counters = 10): Promise<void> => {
      await Promise.all(Array.from({ length: count }, (_, index) => service.raise(`c${index % counters}`)))
    }
    const heads = async (): Promise<Map<string, number>> =>
      new Map(
        (
          await Promise.all(
            services.map(async ({ service, store }) => [...(await store.heads())].map(([shard, head]) => [`${service}/${shard}`, head] as const)),
          )
        ).flat(),
      )

    /** Subscribes and keeps the positions of each source as they come. */
    const listen = async (from: (source: Source) => number = () => 0, handle: (slice: Slice) => Promise<void> = async () => {}, group = 'reader') => {
      const got = new Map<string, number[]>()
      const subscription = await world.log.subscribe({
        group,
        services: services.map((each) => each.service),
        from,
        handle: async (slice) => {
          await handle(slice)
          got.set(key(slice), [...(got.get(key(slice)) ?? []), ...slice.events.map((event) => event.position)])
        },
      })
      const isComplete = async () => [...(await heads())].every(([source, head]) => head === 0 || got.get(source)?.at(-1) === head)
      return { got, subscription, complete: () => eventually(isComplete, Boolean, 30_000) }
    }
    const upTo = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)

    it('delivers every source of many services in dense order, what was there before and what comes', async () => {
      const [first, second] = (await start(2)) as [Fresh, Fresh]
      await fill(first, 300)
      const { got, subscription, complete } = await listen()
      await Promise.all([fill(first, 300), fill(second, 300)])
      await complete()
      for (const [source, head] of await heads()) expect([...new Set(got.get(source))]).toEqual(upTo(1, head))
      await subscription.close()
      await end()
    })

    it('delivers whole facts: data, envelope and bytes as the owner holds them', async () => {
      const [service] = (await start()) as [Fresh]
      await service.raise('c1', 7, '读书会')
      const seen: unknown[] = []
      const { subscription, complete } = await listen(undefined, async (slice) => void seen.push(...slice.events))
      await complete()
      const shard = service.store.shardOf('counter-c1')
      expect(seen).toEqual(await service.store.readShard(shard, 0, 10))
      await subscription.close()
      await end()
    })

    it('begins after the position that the subscriber has', async () => {
      const [service] = (await start()) as [Fresh]
      await fill(service, 200)
      const before = await heads()
      const { got, subscription, complete } = await listen((source) => (before.get(key(source)) ?? 0) - 5)
      await fill(service, 50)
      await complete()
      for (const [source, head] of await heads()) expect([...new Set(got.get(source))]).toEqual(upTo((before.get(source) as number) - 4, head))
      await subscription.close()
      await end()
    })

    it('delivers a slice again whose handling failed, and nothing of that source before it', async () => {
      const [service] = (await start()) as [Fresh]
      await fill(service, 100)
      let failures = 0
      const { got, subscription, complete } = await listen(undefined, async () => {
        if (failures < 3) {
          failures += 1
          throw new Error('not now')
        }
      })
      await complete()
      expect(failures).toBe(3)
      for (const [source, head] of await heads()) expect([...new Set(got.get(source))]).toEqual(upTo(1, head))
      await subscription.close()
      await end()
    })

    it('goes on where another subscription of the group ended, and is silent after close', async () => {
      const [service] = (await start()) as [Fresh]
      const first = await listen()
      await fill(service, 100)
      await first.complete()
      await first.subscription.close()
      const had = new Map([...first.got].map(([source, positions]) => [source, positions.length]))
      const position = new Map([...first.got].map(([source, positions]) => [source, positions.at(-1) as number]))
      await fill(service, 100)
      const second = await listen((source) => position.get(key(source)) ?? 0)
      await second.complete()
      for (const [source, head] of await heads()) expect([...new Set(second.got.get(source))]).toEqual(upTo((position.get(source) ?? 0) + 1, head))
      for (const [source, positions] of first.got) expect(positions.length).toBe(had.get(source))
      await second.subscription.close()
      await end()
    })

    it('answers what a source holds after a position, past the log', async () => {
      const [service] = (await start()) as [Fresh]
      await fill(service, 20)
      const shard = service.store.shardOf('counter-c1')
      const head = (await service.store.heads()).get(shard) as number
      expect((await world.log.replay({ service: service.service, shard }, 1, 2)).map((event) => event.position)).toEqual([2, 3].filter((each) => each <= head))
      expect(await world.log.replay({ service: service.service, shard }, head, 10)).toEqual([])
      expect(await world.log.heads(service.service)).toEqual(await service.store.heads())
      await end()
    })

    it('answers with what was asked for by type, and for every position whether it is there', async () => {
      const [service] = (await start()) as [Fresh]
      for (const type of [raised.type, closed.type, closed.type, raised.type])
        await service.append('counter-c1', [{ type, data: { counter: 'c1', ...(type === raised.type ? { by: 1, note: '读书会' } : {}) } }])
      const source = { service: service.service, shard: service.store.shardOf('counter-c1') }
      const [asked, all] = [await world.log.replay(source, 0, 10, new Set([closed.type])), await world.log.replay(source, 0, 10)]
      expect(asked.map(({ position }) => position)).toEqual([1, 2, 3, 4])
      expect([asked[1], asked[2]]).toEqual([all[1], all[2]])
      for (const passed of [asked[0], asked[3]]) expect(passed).toMatchObject({ ...source, type: 'kernel.passed-over', data: {}, bytes: '', stream: '' })
      // A position that is not there is not among those passed over.
      await service.pool.query('delete from events where shard = $1 and position = 4', [source.shard])
      expect((await world.log.replay(source, 0, 10, new Set([closed.type]))).map(({ position }) => position)).toEqual([1, 2, 3])
      await end()
    })
  })

contract('the event tables as a log', async (services) => {
  const tables = eventTablesLog(Object.fromEntries(services.map((each) => [each.service, each.store])))
  return { log: tables.logOf('reader'), end: async () => tables.close() }
})

describe('with brokers', () => {
  let kafka: Kafka

  it('what is no fact holds nobody up, and is told', async () => {
    const service = newId().replaceAll('-', '').slice(-12)
    await createTopics(kafka.brokers, [service], 1)
    const producer = new Client({ brokers: [...kafka.brokers], logLevel: logLevel.NOTHING }).producer()
    await producer.connect()
    const fact = (position: number) => JSON.stringify({ service, shard: 0, position, type: 'a.b.v1', stream: 's' })
    const values = ['no JSON', '{"half": ', '[]', 'null', '{}', fact(1), fact(2).replace('"shard":0', '"shard":1'), '{"position":"x"}', fact(2)]
    await producer.send({ topic: topicOf(service), messages: values.map((value) => ({ value, partition: 0 })) })
    await producer.disconnect()
    const told: unknown[] = []
    const logger = pino({ level: 'error' }, { write: (line: string) => void told.push(JSON.parse(line).offset) })
    const nothing = async () => []
    const log = kafkaLog({ brokers: kafka.brokers, clientId: 'spec', logger, decode: decodeRecord, replay: nothing, heads: async () => new Map() })
    const got: number[] = []
    await log.subscribe({
      group: service,
      services: [service],
      from: () => 0,
      handle: async ({ events }) => void got.push(...events.map((each) => each.position)),
    })
    await eventually(
      () => got,
      (positions) => positions.length >= 2,
      20_000,
    )
    expect(got).toEqual([1, 2])
    expect(told).toEqual(['0', '1', '2', '3', '4', '6', '7'])
    await log.close()
  }, 60_000)

  beforeAll(async () => {
    kafka = await startKafka()
  }, 120_000)
  afterAll(() => kafka.stop())

  contract('Kafka as a log', async (services) => {
    const settings = { brokers: kafka.brokers, clientId: 'spec', logger: silent }
    await createTopics(
      kafka.brokers,
      services.map(({ service }) => service),
      2,
    )
    const relays: Relay[] = []
    for (const { service, pool, store } of services) relays.push(await startRelay({ service, pool, tables: store, sink: kafkaSink(settings), logger: silent }))
    const stores = new Map(services.map((each) => [each.service, each.store]))
    const log = kafkaLog({
      ...settings,
      decode: decodeRecord,
      replay: async ({ service, shard }, after, limit, types) => (stores.get(service) as Fresh['store']).readShard(shard, after, limit, { types }),
      heads: (service) => (stores.get(service) as Fresh['store']).heads(),
    })
    return { log, end: async () => void (await Promise.all(relays.map((relay) => relay.close()))) }
  })
})
