import { type Admin, Kafka as Client, logLevel } from 'kafkajs'
import type { Engine, Environment } from './engine.ts'
import type { GoOn } from './stand-still.ts'

export type KafkaOptions = {
  /** One, or three for what needs replicas. Default 1. */
  readonly brokers?: 1 | 3
  /** Folder of the data; kept, and opened again by the next start. Without it a temporary folder is used and removed at the end. */
  readonly dir?: string
  /** Ports of the brokers; free ones by default. */
  readonly ports?: readonly number[]
  /** For whoever stands between clients and the brokers of this machine: `kafka-1` and its host:port → the host:port that clients are told. */
  readonly through?: (what: string, address: string) => Promise<string>
  readonly environment?: Environment
  /** Told where the engine was found, once. */
  readonly say?: (line: string) => void
}

export type Kafka = Engine & {
  readonly brokers: readonly string[]
  /** Ends a broker by -9; the index counts from 0 in `brokers`. */
  readonly kill: (index: number) => Promise<void>
  /** Starts a killed broker again on its port with its data; resolves when the cluster counts it. */
  readonly start: (index: number) => Promise<void>
  /** A broker stands still, for some seconds at most. */
  readonly freeze: (index: number) => Promise<GoOn>
}

/** How one node of a cluster is reached: by clients, by the other brokers and by the controllers. */
export type Node = { readonly id: number; readonly listeners: string; readonly advertised: string; readonly protocols: string; readonly between: string }

/** The settings that a broker has here, in a container or not. Copies and failover times suit one machine: a dead broker is fenced after 3 s. */
export const brokerSettings = (node: Node, voters: string, count: number): Record<string, string | number> => {
  const copies = Math.min(3, count)
  const inSync = Math.max(1, copies - 1)
  return {
    'process.roles': 'broker,controller',
    'node.id': node.id,
    'controller.quorum.voters': voters,
    listeners: node.listeners,
    'advertised.listeners': node.advertised,
    'listener.security.protocol.map': node.protocols,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': node.between,
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
    'group.initial.rebalance.delay.ms': 0,
    'auto.create.topics.enable': 'false',
    'unclean.leader.election.enable': 'false',
    'default.replication.factor': copies,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': copies,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': inSync,
    'transaction.state.log.num.partitions': 4,
    // The defaults reserve 128 MB of heap and 10 MB of every index file.
    'log.cleaner.dedupe.buffer.size': 4_194_304,
    'log.index.size.max.bytes': 1_048_576,
    'num.network.threads': 2,
    'num.io.threads': 4,
  }
}

const withAdmin = async <T>(brokers: readonly string[], act: (admin: Admin) => Promise<T>): Promise<T> => {
  const admin = new Client({
    clientId: 'collegium-engines',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 2_000,
    retry: { retries: 0 },
  }).admin()
  await admin.connect()
  try {
    return await act(admin)
  } finally {
    await admin.disconnect()
  }
}

/** Resolves when at least so many brokers are counted in and the group coordinator answers, which takes it some seconds after the first start. */
export const askKafka = (brokers: readonly string[], count: number): Promise<void> =>
  withAdmin(brokers, async (admin) => {
    const { brokers: counted } = await admin.describeCluster()
    if (counted.length < count) throw new Error(`${counted.length} of ${count} brokers are in the cluster`)
    await admin.fetchOffsets({ groupId: 'collegium-readiness' })
  })
