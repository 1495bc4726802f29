import { createPublicKey } from 'node:crypto'
import { DirectoryClient } from '@collegium/proto/collegium/membership/v1/directory.ts'
import closeWithGrace from 'close-with-grace'
import pg from 'pg'
import { collectDefaultMetrics, Registry } from 'prom-client'
import Type, { type Static } from 'typebox'
import { tokenOf, verifyActorToken } from './actor-token.ts'
import { readConfig, Secret } from './config.ts'
import { observeRelay } from './consume/metrics.ts'
import { watchDirectory } from './directory-client.ts'
import { factsOf } from './erasure/facts.ts'
import { graceMs } from './grace.ts'
import { clientFactory } from './grpc/client.ts'
import { credentialsFrom } from './grpc/credentials.ts'
import { serveGrpc } from './grpc/server.ts'
import { headsOverGrpc, historyAnswers, replayOverGrpc } from './history.ts'
import { eventTablesLog } from './log/embedded.ts'
import { kafkaSink, kafkaUser } from './log/kafka.ts'
import { kafkaLog, routedLog } from './log/kafka-log.ts'
import { type RelayState, startRelay } from './log/relay.ts'
import { makeLogger } from './logger.ts'
import { histogram } from './measuring.ts'
import { OverloadEnvironment, overloadSettings } from './overload/settings.ts'
import { receiptsOf } from './receipts.ts'
import type { Service } from './service.ts'
import { migrateService, startService } from './start-service.ts'
import { decodeRecord } from './store/record.ts'
import { openStore } from './store/store.ts'
import { flushTraces } from './traceparent.ts'

/** What one service process reads from the environment; the addresses of the others are `COLLEGIUM_<SERVICE>_GRPC`. */
const Environment = Type.Object({
  ...OverloadEnvironment.properties,
  COLLEGIUM_POSTGRES_URL: Type.String({
    pattern: '^postgres(ql)?://',
    secret: true,
    description: 'The server; the service uses the database collegium_<name>.',
  }),
  COLLEGIUM_KAFKA_BROKERS: Type.String({ minLength: 1, description: 'host:port, several joined by commas' }),
  COLLEGIUM_KAFKA_USERNAME: Type.Optional(Type.String({ minLength: 1, description: 'Who the service is to the brokers (SASL, SCRAM-SHA-512).' })),
  COLLEGIUM_KAFKA_PASSWORD: Type.Optional(Secret()),
  COLLEGIUM_KAFKA_SESSION_MS: Type.Integer({
    minimum: 6_000,
    default: 45_000,
    description: 'How long a killed process keeps its partitions; shorter = taken over sooner, and lost sooner by a process that is only slow.',
  }),
  COLLEGIUM_HTTP_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 8101 }),
  COLLEGIUM_GRPC_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 9101 }),
  COLLEGIUM_HOST: Type.String({ default: '127.0.0.1' }),
  COLLEGIUM_SHARDS: Type.Integer({ minimum: 1, maximum: 256, default: 8 }),
  COLLEGIUM_MASTER_KEY: Secret(),
  COLLEGIUM_ACTOR_PUBLIC_KEY: Secret(),
  COLLEGIUM_TLS_CA: Type.Optional(Secret()),
  COLLEGIUM_TLS_CERT: Type.Optional(Secret()),
  COLLEGIUM_TLS_KEY: Type.Optional(Secret()),
  COLLEGIUM_LOG_LEVEL: Type.String({ default: 'info' }),
  COLLEGIUM_LOG_NAME: Type.String({ default: 'collegium.local', description: 'What the tamper-evident logs are called, as union.example.edu.' }),
  COLLEGIUM_RECEIPT_KEY: Secret(),
  COLLEGIUM_POOL: Type.Integer({ minimum: 3, default: 10, description: 'Connections to Postgres.' }),
})

/** The gRPC addresses of all services that the environment names. */
export const grpcAddresses = (environment: Readonly<Record<string, string | undefined>> = process.env): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (/^COLLEGIUM_[A-Z]+_GRPC$/.test(name) && value ? [[name.slice(10, -5).toLowerCase(), value]] : [])),
  )

/** The service's database on a server. */
export const databaseUrl = (server: string, service: string, prefix = 'collegium'): string => {
  const url = new URL(server)
  url.pathname = `/${prefix}_${service}`
  return url.toString()
}

/** A statement that takes longer than this holds a shard for too long. */
const statementMs = 30_000

/**
 * The pool of one service. A connection that nothing comes back on is given up shortly after the server itself would have given up the statement:
 * whoever is cut off without being told would otherwise wait for ever.
 */
export const servicePool = (server: string, service: string, max: number, prefix?: string): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: databaseUrl(server, service, prefix),
    max,
    idleTimeoutMillis: 10_000,
    connectionTimeoutMillis: 20_000,
    keepAlive: true,
    statement_timeout: statementMs,
    query_timeout: statementMs + 2_000,
    // A transaction's statements go out together instead of each after the answer of the one before.
    pipeline: true,
    idle_in_transaction_session_timeout: 30_000,
    application_name: `collegium-${service}`,
  })
  // An idle connection that ends is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => {})
  return pool
}

export const masterKeyOf = (text: string): Buffer => Buffer.from(text, 'base64')

/** Runs one service as a process of its own: Kafka as the log, gRPC to the others, until SIGTERM. */
export const run = async (service: Service): Promise<void> => {
  const config: Static<typeof Environment> = readConfig(Environment)
  const logger = makeLogger(service.name, config.COLLEGIUM_LOG_LEVEL)
  const metrics = new Registry()
  metrics.setDefaultLabels({ service: service.name })
  collectDefaultMetrics({ register: metrics })
  const clock = (): string => new Date().toISOString()

  const pool = servicePool(config.COLLEGIUM_POSTGRES_URL, service.name, config.COLLEGIUM_POOL)
  await migrateService(pool, service.name)
  const masterKey = masterKeyOf(config.COLLEGIUM_MASTER_KEY)
  const store = await openStore({
    service: service.name,
    pool,
    shards: config.COLLEGIUM_SHARDS,
    masterKey,
    definitions: factsOf(service),
    clock,
  })

  const actorKey = createPublicKey(config.COLLEGIUM_ACTOR_PUBLIC_KEY)
  const credentials = credentialsFrom({ ca: config.COLLEGIUM_TLS_CA, cert: config.COLLEGIUM_TLS_CERT, key: config.COLLEGIUM_TLS_KEY }, process.env)
  const clients = clientFactory({ addresses: grpcAddresses(), credentials, sign: tokenOf })
  const directory = watchDirectory({ client: clients.client(DirectoryClient, 'membership'), log: logger })

  const kafka = {
    brokers: config.COLLEGIUM_KAFKA_BROKERS.split(','),
    clientId: `collegium-${service.name}`,
    user: kafkaUser(config.COLLEGIUM_KAFKA_USERNAME, config.COLLEGIUM_KAFKA_PASSWORD),
    logger,
    sessionMs: config.COLLEGIUM_KAFKA_SESSION_MS,
  }
  const own = eventTablesLog({ [service.name]: store }, (error) => logger.warn({ err: error }, 'own log'))
  const log = routedLog(
    service.name,
    own.logOf(service.name),
    kafkaLog({ ...kafka, decode: decodeRecord, replay: replayOverGrpc(clients), heads: headsOverGrpc(clients) }),
  )

  const evidence = {
    receipts: receiptsOf(config.COLLEGIUM_RECEIPT_KEY.trim(), config.COLLEGIUM_LOG_NAME),
    database: (name: string) => servicePool(config.COLLEGIUM_POSTGRES_URL, `${service.name}_${name}`, 3),
    settings: process.env,
  }
  const relaying: { state: () => readonly RelayState[] | null } = { state: () => null }
  const running = await startService(service, {
    ...evidence,
    pool,
    store,
    log,
    clients,
    directory,
    actorKey,
    masterKey,
    clock,
    logger,
    metrics,
    overload: overloadSettings(config),
    relay: () => relaying.state(),
  })
  const grpc = await serveGrpc({
    answers: [...running.answers, historyAnswers(new Map([[service.name, store]]))],
    address: `${config.COLLEGIUM_HOST}:${config.COLLEGIUM_GRPC_PORT}`,
    credentials,
    verify: (token) => verifyActorToken(token, actorKey),
    log: logger,
  })
  const confirming = histogram(metrics, 'messaging_client_operation_duration_seconds')
  const confirmed = (topic: string, seconds: number): void => confirming.observe({ service: service.name, messaging_destination_name: topic }, seconds)
  const relay = await startRelay({ service: service.name, pool, tables: store, sink: kafkaSink({ ...kafka, confirmed }), logger })
  observeRelay(metrics, service.name, relay.state)
  relaying.state = relay.state
  await running.consume()
  const address = await running.app.listen({ host: config.COLLEGIUM_HOST, port: config.COLLEGIUM_HTTP_PORT })
  logger.info({ address, grpc: grpc.address }, 'listening')

  closeWithGrace({ delay: graceMs, logger: false }, async ({ err }) => {
    if (err) logger.error({ err }, 'crashed')
    await running.close()
    await store.idle()
    await relay.close()
    await log.close()
    own.close()
    await grpc.close()
    await directory.close()
    clients.close()
    await pool.end()
    await flushTraces()
  })
}
