import { setTimeout as sleep } from 'node:timers/promises'
import { Kafka, type KafkaConfig, logLevel, Partitioners, type Producer, type SASLOptions } from 'kafkajs'
import type { Kept, Sink, Source } from '../log.ts'
import type { Logger } from '../logger.ts'
import { toMessage, topicOf } from './cloud-event.ts'
import './kafkajs-mended.ts'
import { traceSends } from './traces.ts'

/** Who a process is to the brokers. Services prove a password without sending it (SCRAM); `plain` is for who prepares them, before there are users. */
export type KafkaUser = { readonly username: string; readonly password: string; readonly mechanism: 'scram-sha-512' | 'plain' }

export type KafkaSettings = {
  readonly brokers: readonly string[]
  readonly clientId: string
  /** None where brokers ask nobody who they are. */
  readonly user?: KafkaUser | undefined
  readonly logger: Logger
  /** How long a consumer may be silent before the others of its group take over its partitions. Default 45 s. */
  readonly sessionMs?: number
  /** Told how long the brokers took to confirm a send, in seconds. */
  readonly confirmed?: (topic: string, seconds: number) => void
}

/** The user as kafkajs takes it. */
export const saslOf = (user: KafkaUser | undefined): Pick<KafkaConfig, 'sasl'> => (user === undefined ? {} : { sasl: { ...user } as SASLOptions })

/** The user that settings name: both a name and a password, or neither. Throws for half of it. */
export const kafkaUser = (
  username: string | undefined,
  password: string | undefined,
  mechanism: KafkaUser['mechanism'] = 'scram-sha-512',
): KafkaUser | undefined => {
  if ((username === undefined) !== (password === undefined)) throw new Error('COLLEGIUM_KAFKA_USERNAME and COLLEGIUM_KAFKA_PASSWORD belong together')
  return username === undefined || password === undefined ? undefined : { username, password: password.trim(), mechanism }
}

/** One connection pool to the brokers. Its lines go to the service's log. */
export const connectKafka = ({ brokers, clientId, user, logger }: KafkaSettings): Kafka =>
  new Kafka({
    clientId,
    brokers: [...brokers],
    ...saslOf(user),
    // A broker that stands still for longer is asked anew on another connection; joining a group has a time of its own.
    requestTimeout: 15_000,
    enforceRequestTimeout: true,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 10 },
    logLevel: logLevel.WARN,
    logCreator:
      () =>
      ({ level, log: { message, error } }) =>
        logger[level === logLevel.ERROR ? 'error' : 'warn']({ kafka: error }, message),
  })

const maxRecords = 1000
/** Brokers refuse requests above 1 MB; headers and framing need their share. */
const maxBytes = 900_000
const overhead = 700
const closeMs = 5_000

/** Cuts records into sends that a broker takes; one that is too large alone goes alone. */
export function* portions(records: readonly Kept[]): Generator<Kept[]> {
  let portion: Kept[] = []
  let size = 0
  for (const record of records) {
    const bytes = Buffer.byteLength(record.bytes) + overhead
    if (portion.length > 0 && (portion.length === maxRecords || size + bytes > maxBytes)) {
      yield portion
      portion = []
      size = 0
    }
    portion.push(record)
    size += bytes
  }
  if (portion.length > 0) yield portion
}

type Way = { producer: Promise<Producer> | null; last: Promise<unknown> }

/**
 * The sink to Kafka. kafkajs acknowledges what it lost when a send spans partitions or when two sends of a producer overlap, so each
 * partition has a producer of its own, one send carries one partition, and the next waits for it. After an error that kafkajs gives up on,
 * its sequence numbers are worth nothing: a new producer goes on from what was acknowledged last, and consumers skip what was sent twice.
 */
export const kafkaSink = (settings: KafkaSettings): Sink => {
  const kafka = connectKafka(settings)
  const ways = new Map<string, Way>()
  let isOpen = true

  const connect = async (): Promise<Producer> => {
    const fresh = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    })
    await fresh.connect()
    return fresh
  }
  const drop = async (way: Way): Promise<void> => {
    const old = way.producer
    way.producer = null
    await Promise.race([old?.then((each) => each.disconnect()).catch(() => {}), sleep(closeMs, undefined, { ref: false })])
  }
  const send = async (way: Way, source: Source, records: readonly Kept[]): Promise<void> => {
    if (!isOpen) throw new Error('The sink is closed')
    try {
      way.producer ??= connect()
      const producer = await way.producer
      for (const portion of portions(records)) await sendPortion(producer, source, portion)
    } catch (error) {
      await drop(way)
      throw error
    }
  }

  const sendPortion = async (producer: Producer, source: Source, portion: readonly Kept[]): Promise<void> => {
    const topic = topicOf(source.service)
    const sends = traceSends(
      topic,
      portion.map(({ bytes }) => JSON.parse(bytes) as { id: string; correlation: string }),
    )
    const began = performance.now()
    try {
      await producer.send({ topic, acks: -1, messages: portion.map((record, index) => toMessage(source, record, sends.headers[index])) })
      settings.confirmed?.(topic, (performance.now() - began) / 1_000)
      sends.end()
    } catch (error) {
      sends.end(error)
      throw error
    }
  }

  return {
    publish: (source, records) => {
      const key = `${source.service}/${source.shard}`
      const way = ways.get(key) ?? { producer: null, last: Promise.resolve() }
      ways.set(key, way)
      const mine = way.last.then(() => send(way, source, records))
      way.last = mine.catch(() => {})
      return mine
    },
    close: async () => {
      isOpen = false
      await Promise.all(
        [...ways.values()].map(async (way) => {
          await Promise.race([way.last, sleep(closeMs, undefined, { ref: false })])
          await drop(way)
        }),
      )
    },
  }
}
