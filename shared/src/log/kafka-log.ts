import { setTimeout as sleep } from 'node:timers/promises'
import type { Batch, Consumer, EachBatchPayload } from 'kafkajs'
import type { Recorded } from '../aggregate.ts'
import type { Heads, Log, Replay, Slice, Source, Subscriber, Subscription } from '../log.ts'
import { bytesOf, topicOf } from './cloud-event.ts'
import { connectKafka, type KafkaSettings } from './kafka.ts'
import { noteTrace } from './traces.ts'

const sliceSize = 500
const retryMs = 200
const commitEveryMs = 1_000
/** A consumer is left to itself when it has not ended by then: the group notices a member that is gone. */
const stopMs = 10_000
/** So long a process that ends waits for its consumer, which may be joining a group that waits for somebody else. */
const closeMs = 2_500
/** Under steady load the next fetch waits so long, which spares most fetches; not while somebody waits for a position, nor behind a batch that is so large. */
const gather = { ms: 250, below: 100 }

type Given = KafkaSettings & {
  /** Bytes of a record → the record, personal texts closed. */
  readonly decode: (bytes: string) => Recorded
  readonly replay: Replay
  readonly heads: Heads
}

/**
 * The log port over Kafka. What a group has committed there is only a hint: the subscriber's own checkpoint is the truth, and what lies
 * between the two shows as repeats or as a hole.
 */
export const kafkaLog = (given: Given): Log => {
  const kafka = connectKafka(given)
  const { logger } = given
  const open = new Set<Subscription>()

  const follow = (subscriber: Subscriber): Subscription => {
    const services = new Map(subscriber.services.map((service) => [topicOf(service), service]))
    const starts = new Map<string, number>()
    /** What was handed over and not committed, by `topic/partition`: the next offset, and the position that must be kept first. */
    const unkept = new Map<string, { topic: string; source: Source; handed: { offset: string; position: number }[] }>()
    let isOpen = true
    let consumer: Consumer | null = null
    let isGathering = false

    /** The fetch that follows waits for every partition of the one before, so one of them is enough. */
    const letGather = async (): Promise<void> => {
      if (isGathering) return
      isGathering = true
      await subscriber.rest?.(gather.ms)
      isGathering = false
    }

    const eachBatch = async ({ batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload): Promise<void> => {
      const source = { service: services.get(batch.topic) as string, shard: batch.partition }
      const key = `${batch.topic}/${batch.partition}`
      if (!starts.has(key)) starts.set(key, subscriber.from(source))
      for (let at = 0; at < batch.messages.length; at += sliceSize) {
        const messages = batch.messages.slice(at, at + sliceSize)
        const events = decoded(messages, source).filter((event) => event.position > (starts.get(key) as number))
        if (events.length > 0 && !(await hand({ ...source, events }, heartbeat, () => isOpen && isRunning() && !isStale()))) return
        const last = messages.at(-1) as Batch['messages'][number]
        resolveOffset(last.offset)
        if (!unkept.has(key)) unkept.set(key, { topic: batch.topic, source, handed: [] })
        unkept.get(key)?.handed.push({ offset: String(BigInt(last.offset) + 1n), position: furthest(events) })
        await heartbeat()
      }
      if (batch.messages.length < gather.below) await letGather()
    }
    const decoded = (messages: Batch['messages'], source: Source): Recorded[] =>
      messages.flatMap((message) => {
        try {
          const bytes = bytesOf(message)
          if (bytes === null) return []
          const fact = given.decode(bytes)
          if (!standsIn(fact, source)) throw new Error('It does not say that it stands in this source')
          noteTrace(fact, message.headers?.traceparent)
          return [fact]
        } catch (error) {
          // Whatever it is, it must hold nobody up. If it came in the place of a fact, that shows as a hole.
          logger.error({ err: error, source: `${source.service}/${source.shard}`, offset: message.offset }, 'a record of the log is no fact and is passed over')
          return []
        }
      })

    /** Until it is taken; false when these partitions are no longer ours to hand over. */
    const hand = async (slice: Slice, heartbeat: () => Promise<void>, mayGoOn: () => boolean): Promise<boolean> => {
      while (mayGoOn()) {
        try {
          await subscriber.handle(slice)
          return true
        } catch (error) {
          logger.warn({ err: error, group: subscriber.group, source: `${slice.service}/${slice.shard}` }, 'a slice was not taken and is handed over again')
          await sleep(retryMs)
          await heartbeat()
        }
      }
      return false
    }

    const commit = async (): Promise<void> => {
      const offsets: { topic: string; partition: number; offset: string }[] = []
      for (const { topic, source, handed } of unkept.values()) {
        const kept = (subscriber.kept ?? subscriber.from)(source)
        let done: string | null = null
        while (handed[0] && handed[0].position <= kept) done = handed.shift()?.offset ?? null
        if (done !== null) offsets.push({ topic, partition: source.shard, offset: done })
      }
      // A hint may fail: after a rebalance the partitions are someone else's.
      if (offsets.length > 0) await consumer?.commitOffsets(offsets).catch(() => {})
    }
    const timer = setInterval(() => void commit(), commitEveryMs).unref()

    const start = async (): Promise<void> => {
      for (let pause = retryMs; isOpen; pause = Math.min(pause * 2, 5_000)) {
        const fresh = kafka.consumer({
          groupId: `collegium.${subscriber.group}`,
          sessionTimeout: given.sessionMs ?? 45_000,
          rebalanceTimeout: 90_000,
          heartbeatInterval: Math.min(3_000, (given.sessionMs ?? 45_000) / 4),
          minBytes: 1,
          maxWaitTimeInMs: 250,
          allowAutoTopicCreation: false,
        })
        // kafkajs restarts itself after what it holds to be passing; after the rest it would stand still for good.
        fresh.on(fresh.events.CRASH, ({ payload }) => {
          if (payload.restart || fresh !== consumer) return
          logger.error({ err: payload.error, group: subscriber.group }, 'the Kafka consumer crashed and is made anew')
          consumer = null
          void stop(fresh).then(start)
        })
        try {
          await fresh.connect()
          await fresh.subscribe({ topics: [...services.keys()], fromBeginning: true })
          await fresh.run({ autoCommit: false, eachBatchAutoResolve: false, partitionsConsumedConcurrently: 8, eachBatch })
          consumer = fresh
          if (!isOpen) await stop(fresh)
          return
        } catch (error) {
          logger.warn({ err: error, group: subscriber.group }, 'Kafka cannot be read yet')
          await stop(fresh)
          await sleep(pause)
        }
      }
    }
    const starting = start()

    return {
      close: async () => {
        isOpen = false
        clearInterval(timer)
        const leave = async (): Promise<void> => {
          await starting
          await commit()
          if (consumer) await stop(consumer)
        }
        // What it has not left in time it leaves as soon as it can, or it ends with the process. Nothing is handed over any more either way.
        await Promise.race([leave(), sleep(closeMs, undefined, { ref: false })])
      },
    }
  }

  return {
    subscribe: async (subscriber) => {
      const subscription = follow(subscriber)
      open.add(subscription)
      return {
        close: async () => {
          if (open.delete(subscription)) await subscription.close()
        },
      }
    },
    replay: given.replay,
    heads: given.heads,
    close: async () => {
      await Promise.all([...open].map((each) => each.close()))
      open.clear()
    },
  }
}

const standsIn = (fact: Recorded | null, { service, shard }: Source): boolean =>
  Number.isSafeInteger(fact?.position) && fact?.service === service && fact.shard === shard && typeof fact.type === 'string' && typeof fact.stream === 'string'

const furthest = (events: readonly Recorded[]): number => events.reduce((most, { position }) => Math.max(most, position), 0)

const stop = (consumer: Consumer): Promise<void> => Promise.race([consumer.disconnect().catch(() => {}), sleep(stopMs, undefined, { ref: false })])

/** The log of a process that reads its own tables directly (sooner, and with personal texts open) and others' facts from Kafka. */
export const routedLog = (service: string, own: Log, others: Log): Log => ({
  subscribe: async (subscriber) => {
    const foreign = subscriber.services.filter((each) => each !== service)
    const subscriptions = await Promise.all([
      ...(foreign.length < subscriber.services.length ? [own.subscribe({ ...subscriber, services: [service] })] : []),
      ...(foreign.length > 0 ? [others.subscribe({ ...subscriber, services: foreign })] : []),
    ])
    return { close: async () => void (await Promise.all(subscriptions.map((each) => each.close()))) }
  },
  replay: (source, ...asked) => (source.service === service ? own : others).replay(source, ...asked),
  heads: (each) => (each === service ? own : others).heads(each),
  close: async () => void (await Promise.all([own.close(), others.close()])),
})
