import { randomUUID } from 'node:crypto'
import { Kafka } from 'kafkajs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startKafka } from '../../../infra/engines/kafka.ts'
import { createTopics } from '../../../infra/kafka/topics.ts'
import type { Kept, Sink } from '../log.ts'
import { decodeRecord } from '../store/record.ts'
import { eventually } from '../testing/eventually.ts'
import { freshService, raised, silent } from '../testing/fresh-service.ts'
import { kafkaSink, portions } from './kafka.ts'
import { startRelay } from './relay.ts'

let fresh: Awaited<ReturnType<typeof freshService>>
beforeEach(async () => {
  fresh = await freshService(`s${randomUUID().slice(-12)}`, [raised])
})
afterEach(() => fresh.drop())

/** What reached the log, in order, by shard. */
const memorySink = (before: () => Promise<void> = async () => {}) => {
  const got = new Map<number, number[]>()
  const sink: Sink = {
    publish: async ({ shard }, records) => {
      await before()
      got.set(shard, [...(got.get(shard) ?? []), ...records.map((record) => record.position)])
    },
    close: async () => {},
  }
  return { got, sink, count: () => [...got.values()].reduce((sum, each) => sum + each.length, 0) }
}
const begin = (sink: Sink, pool = fresh.pool, leaseMs = 600) => startRelay({ service: fresh.service, pool, tables: fresh.store, sink, logger: silent, leaseMs })
const raiseMany = (count: number) => Promise.all(Array.from({ length: count }, (_, index) => fresh.raise(`c${index % 9}`)))
const dense = async (): Promise<Map<number, number[]>> =>
  new Map([...(await fresh.store.heads())].map(([shard, head]) => [shard, Array.from({ length: head }, (_, index) => index + 1)]))
/** Repeats are allowed only as a run that was sent again: what is new is always the next. */
const withoutRepeats = (positions: readonly number[]): number[] => {
  let last = 0
  return positions.filter((each) => {
    if (each <= last) return false
    last = each
    return true
  })
}

describe('the relay', () => {
  it('publishes every event of every shard in order, and says what is unsent', async () => {
    await raiseMany(100)
    let isDown = true
    const { got, sink } = memorySink(async () => {
      if (isDown) throw new Error('the log is down')
    })
    const relay = await begin(sink)
    await eventually(
      () => relay.state().reduce((sum, state) => sum + state.unsent, 0),
      (unsent) => unsent === 100,
    )
    await eventually(
      () => Math.max(...relay.state().map((state) => state.oldestSeconds)),
      (seconds) => seconds > 0.1,
    )
    isDown = false
    await raiseMany(100)
    await eventually(() => relay.state().every((state) => state.unsent === 0), Boolean)
    expect(got).toEqual(await dense())
    await relay.close()
  })

  it('goes on after a restart from what was confirmed, and sends again what was not', async () => {
    const first = memorySink()
    const relay = await begin(first.sink)
    await raiseMany(50)
    await eventually(() => relay.state().every((state) => state.unsent === 0), Boolean)
    await relay.close()
    await raiseMany(50)
    await fresh.pool.query('update relay_cursor set position = greatest(0, position - 3)')
    const second = memorySink()
    const next = await begin(second.sink)
    await eventually(() => next.state().length > 0 && next.state().every((state) => state.unsent === 0), Boolean)
    for (const [shard, positions] of await dense()) {
      const before = first.got.get(shard) ?? []
      expect(withoutRepeats([...before, ...(second.got.get(shard) ?? [])])).toEqual(positions)
      expect(second.got.get(shard)?.[0]).toBe(before.length - 2)
    }
    await next.close()
  })

  it('is taken over by a second process when the first dies, and the first cannot move the cursor any more', async () => {
    let isFirstStuck = false
    const stuck: (() => void)[] = []
    const first = memorySink(() => (isFirstStuck ? new Promise((resolve) => stuck.push(resolve)) : Promise.resolve()))
    const firstPool = fresh.openPool()
    const dying = await begin(first.sink, firstPool)
    const second = memorySink()
    const heir = await begin(second.sink, fresh.openPool())
    await raiseMany(30)
    await eventually(first.count, (count) => count === 30)
    expect(heir.state()).toEqual([])
    // The first stops renewing, as a process that is gone or frozen: its connections fail from here on.
    isFirstStuck = true
    const query = firstPool.query
    firstPool.query = (() => Promise.reject(new Error('frozen'))) as never
    await raiseMany(30)
    await eventually(second.count, (count) => count >= 30)
    firstPool.query = query
    const cursors = async () => (await fresh.pool.query('select shard, position, epoch from relay_cursor order by shard')).rows
    const before = await cursors()
    isFirstStuck = false
    for (const goOn of stuck) goOn()
    await raiseMany(10)
    await eventually(() => heir.state().length === 2 && heir.state().every((state) => state.unsent === 0), Boolean)
    expect((await cursors()).map((row) => row.epoch)).toEqual(before.map((row) => row.epoch))
    for (const [shard, positions] of await dense()) expect((await cursors()).find((row) => row.shard === shard)?.position).toBe(String(positions.length))
    await eventually(
      () => dying.state(),
      (state) => state.length === 0,
    )
    await dying.close()
    await heir.close()
  })

  it('is taken over soon where the one that died held a lease of a clock that was set back since', async () => {
    await raiseMany(10)
    const held = `insert into relay_cursor (shard, owner, epoch, leased_until) select shard, $1, 1, now() + interval '2 hours' from shards`
    await fresh.pool.query(held, [randomUUID()])
    const { count, sink } = memorySink()
    const heir = await begin(sink)
    await eventually(count, (sent) => sent === 10, 5_000)
    await heir.close()
  })
})

describe('the sink to Kafka', () => {
  it('cuts what it sends at a thousand records and under a megabyte', () => {
    const records = (count: number, size: number): Kept[] => Array.from({ length: count }, (_, index) => ({ position: index + 1, bytes: 'x'.repeat(size) }))
    expect([...portions(records(2_500, 10))].map((each) => each.length)).toEqual([1_000, 1_000, 500])
    expect([...portions(records(5, 300_000))].map((each) => each.length)).toEqual([2, 2, 1])
    expect([...portions(records(2, 900_000))].map((each) => each.length)).toEqual([1, 1])
    expect([...portions([])]).toEqual([])
  })

  it('loses nothing and keeps the order when a leader is killed while the relay sends', async () => {
    const kafka = await startKafka({ brokers: 3 })
    const sink = kafkaSink({ brokers: kafka.brokers, clientId: 'spec', logger: silent })
    const [topic] = (await createTopics(kafka.brokers, [fresh.service], 2)) as [string]
    const admin = new Kafka({ brokers: [...kafka.brokers], logLevel: 0 }).admin()
    try {
      const total = 40_000
      for (let done = 0; done < total; done += 2_000)
        await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            fresh.append(
              `counter-c${index}`,
              Array.from({ length: 100 }, () => ({ type: raised.type, data: { counter: `c${index}`, by: 1 } })),
            ),
          ),
        )
      const relay = await begin(sink)
      await eventually(
        () => relay.state().reduce((sum, state) => sum + state.unsent, 0),
        (unsent) => unsent < total * 0.8,
        30_000,
      )
      await admin.connect()
      const leader = (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0]?.partitions[0]?.leader ?? 0
      const ids = (await admin.describeCluster()).brokers
      const address = ids.find((each) => each.nodeId === leader)
      expect(relay.state().reduce((sum, state) => sum + state.unsent, 0)).toBeGreaterThan(0)
      await kafka.kill(kafka.brokers.findIndex((each) => each.endsWith(`:${address?.port}`)))
      await eventually(() => relay.state().length === 2 && relay.state().every((state) => state.unsent === 0), Boolean, 60_000)
      await relay.close()

      const got = new Map<number, number[]>()
      const consumer = new Kafka({ brokers: [...kafka.brokers], logLevel: 0, retry: { retries: 20 } }).consumer({ groupId: 'spec', maxWaitTimeInMs: 100 })
      await consumer.connect()
      await consumer.subscribe({ topics: [topic], fromBeginning: true })
      await consumer.run({
        eachBatch: async ({ batch }) => {
          const positions = batch.messages.map((message) => decodeRecord((message.value as Buffer).toString()).position)
          got.set(batch.partition, [...(got.get(batch.partition) ?? []), ...positions])
        },
      })
      const expected = await dense()
      await eventually(() => [...expected].every(([shard, positions]) => got.get(shard)?.at(-1) === positions.length), Boolean, 30_000)
      for (const [shard, positions] of expected) expect(withoutRepeats(got.get(shard) ?? [])).toEqual(positions)
      await consumer.disconnect()
    } finally {
      await admin.disconnect().catch(() => {})
      await kafka.stop()
    }
  }, 180_000)
})
