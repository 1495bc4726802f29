import { createPrivateKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DirectoryClient } from '@collegium/proto/collegium/membership/v1/directory.ts'
import { ErasuresClient } from '@collegium/proto/collegium/membership/v1/erasures.ts'
import { PeopleClient } from '@collegium/proto/collegium/membership/v1/people.ts'
import { tokenOf } from '@collegium/shared/actor-token.ts'
import { readConfig, Secret } from '@collegium/shared/config.ts'
import { watchDirectory } from '@collegium/shared/directory-client.ts'
import { graceMs } from '@collegium/shared/grace.ts'
import { clientFactory } from '@collegium/shared/grpc/client.ts'
import { credentialsFrom } from '@collegium/shared/grpc/credentials.ts'
import { makeLogger } from '@collegium/shared/logger.ts'
import { migrate } from '@collegium/shared/migrate.ts'
import { grpcAddresses, servicePool } from '@collegium/shared/run.ts'
import { flushTraces } from '@collegium/shared/traceparent.ts'
import closeWithGrace from 'close-with-grace'
import { collectDefaultMetrics, Registry } from 'prom-client'
import Type from 'typebox'
import { buildGateway } from './app.ts'
import { watchContracts } from './contract-watch.ts'
import { erasuresFrom } from './erasures.ts'
import { connectRedis } from './fan-out.ts'
import { homesFrom } from './homes.ts'
import { readSettings } from './settings.ts'
import { overHttp } from './upstream.ts'

/** What the process reads beside the gateway's settings; `COLLEGIUM_<SERVICE>_HTTP` and `_GRPC` name the services. */
const Environment = Type.Object({
  COLLEGIUM_POSTGRES_URL: Type.String({ pattern: '^postgres(ql)?://', secret: true }),
  COLLEGIUM_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 8080 }),
  COLLEGIUM_HOST: Type.String({ default: '127.0.0.1' }),
  COLLEGIUM_ACTOR_KEY: Secret(),
  COLLEGIUM_REDIS_URL: Type.Optional(Type.String({ pattern: '^rediss?://', secret: true })),
  COLLEGIUM_CONSOLE: Type.String({ default: fileURLToPath(new URL('../../console/dist', import.meta.url)) }),
  COLLEGIUM_TLS_CA: Type.Optional(Secret()),
  COLLEGIUM_TLS_CERT: Type.Optional(Secret()),
  COLLEGIUM_TLS_KEY: Type.Optional(Secret()),
  COLLEGIUM_LOG_LEVEL: Type.String({ default: 'info' }),
  COLLEGIUM_POOL: Type.Integer({ minimum: 2, default: 10 }),
})

const config = readConfig(Environment)
const settings = readSettings()
const logger = makeLogger('gateway', config.COLLEGIUM_LOG_LEVEL)
const metrics = new Registry()
metrics.setDefaultLabels({ service: 'gateway' })
collectDefaultMetrics({ register: metrics })

const addresses = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, address]) => {
    const service = /^COLLEGIUM_([A-Z]+)_HTTP$/.exec(name)?.[1]?.toLowerCase()
    return service !== undefined && service !== 'gateway' && address ? [[service, address]] : []
  }),
)

const pool = servicePool(config.COLLEGIUM_POSTGRES_URL, 'gateway', config.COLLEGIUM_POOL)
await migrate(pool, new URL('../migrations/', import.meta.url), 'gateway')
const credentials = credentialsFrom({ ca: config.COLLEGIUM_TLS_CA, cert: config.COLLEGIUM_TLS_CERT, key: config.COLLEGIUM_TLS_KEY }, process.env)
const clients = clientFactory({ addresses: grpcAddresses(), credentials, sign: tokenOf })
const directory = watchDirectory({ client: clients.client(DirectoryClient, 'membership'), log: logger })
const redis = config.COLLEGIUM_REDIS_URL === undefined ? null : connectRedis(config.COLLEGIUM_REDIS_URL, logger)
const events = new URL('../../../docs/generated/asyncapi.json', import.meta.url)
const contracts = watchContracts(addresses, existsSync(events) ? JSON.parse(readFileSync(events, 'utf8')) : {}, logger)

const gateway = await buildGateway({
  pool,
  actorKey: createPrivateKey(config.COLLEGIUM_ACTOR_KEY),
  logger,
  metrics,
  directory: directory.current,
  freshDirectory: directory.fresh,
  homeOf: homesFrom(clients.client(PeopleClient, 'membership')),
  erasures: erasuresFrom(clients.client(ErasuresClient, 'membership')),
  upstreams: Object.fromEntries(Object.entries(addresses).map(([service, address]) => [service, overHttp(service, address, settings.upstreamPatience)])),
  contracts: contracts.current,
  redis,
  consoleFolder: config.COLLEGIUM_CONSOLE,
  settings,
})
// A service that is away keeps its own paths closed, not the door.
const silent = await contracts.heard(20_000)
if (silent.length > 0) logger.warn({ silent }, 'services-not-heard')
// Thousands may come within a second; who cannot even connect is told nothing.
const backlog = 4_096
const address = await gateway.listen({ host: config.COLLEGIUM_HOST, port: config.COLLEGIUM_PORT, backlog })
logger.info({ address }, 'listening')

closeWithGrace({ delay: graceMs, logger: false }, async ({ err }) => {
  if (err) logger.error({ err }, 'crashed')
  await gateway.close()
  await contracts.close()
  await directory.close()
  clients.close()
  redis?.disconnect()
  await pool.end()
  await flushTraces()
})
