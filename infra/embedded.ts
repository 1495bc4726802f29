import { createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { DirectoryClient } from '@collegium/proto/collegium/membership/v1/directory.ts'
import { PeopleClient } from '@collegium/proto/collegium/membership/v1/people.ts'
import type pg from 'pg'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { buildGateway } from '../services/gateway/src/app.ts'
import type { Settings } from '../services/gateway/src/settings.ts'
import { inProcess } from '../services/gateway/src/upstream.ts'
import { tokenOf, verifyActorToken } from '../shared/src/actor-token.ts'
import { watchDirectory } from '../shared/src/directory-client.ts'
import { freePort } from '../shared/src/free-port.ts'
import { ask, clientFactory } from '../shared/src/grpc/client.ts'
import { credentialsOf } from '../shared/src/grpc/credentials.ts'
import { serveGrpc } from '../shared/src/grpc/server.ts'
import { historyAnswers } from '../shared/src/history.ts'
import { eventTablesLog } from '../shared/src/log/embedded.ts'
import { makeLogger } from '../shared/src/logger.ts'
import { migrate } from '../shared/src/migrate.ts'
import { servicePool } from '../shared/src/run.ts'
import { migrateService, type Running, startService } from '../shared/src/start-service.ts'
import { openStore, type Store } from '../shared/src/store/store.ts'
import { createDatabases } from './databases.ts'
import { services } from './services.ts'

export type Embedded = {
  /** http://127.0.0.1:8080 */
  readonly address: string
  readonly gatewayPool: pg.Pool
  readonly stop: () => Promise<void>
}

/** Every service and the gateway in one process, on one Postgres server with a database each; the log is the event tables themselves. */
export const startEmbedded = async (given: {
  readonly postgresUrl: string
  readonly actorKey: KeyObject
  readonly masterKey: Buffer
  readonly port: number
  readonly host: string
  readonly shards: number
  readonly logLevel: string
  readonly settings: Settings
  readonly consoleFolder: string | null
  /** What the databases' names begin with, where several systems share a server. */
  readonly prefix?: string
}): Promise<Embedded> => {
  const logger = makeLogger('collegium', given.logLevel)
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  const clock = (): string => new Date().toISOString()
  const publicKey = createPublicKey(given.actorKey)
  await createDatabases(given.postgresUrl, [...services.map((service) => service.name), 'gateway'], given.prefix)

  const pools = new Map<string, pg.Pool>()
  const stores = new Map<string, Store>()
  await Promise.all(
    services.map(async (service) => {
      const pool = servicePool(given.postgresUrl, service.name, 5, given.prefix)
      await migrateService(pool, service.name)
      pools.set(service.name, pool)
      stores.set(
        service.name,
        await openStore({
          service: service.name,
          pool,
          shards: given.shards,
          masterKey: given.masterKey,
          definitions: service.aggregates.flatMap((aggregate) => aggregate.events),
          clock,
        }),
      )
    }),
  )

  const addresses: Record<string, string> = {}
  const credentials = credentialsOf({})
  const clients = clientFactory({ addresses, credentials, sign: tokenOf })
  const tables = eventTablesLog(Object.fromEntries(stores), (error) => logger.warn({ err: error }, 'the log'))
  // The directory's own client connects at its first call, so it may be made before the server that it asks.
  const grpcPort = await freePort()
  for (const service of services) addresses[service.name] = `127.0.0.1:${grpcPort}`
  const directory = watchDirectory({ client: clients.client(DirectoryClient, 'membership'), log: logger })

  const running = new Map<string, Running>()
  for (const service of services) {
    const { name } = service
    running.set(
      name,
      await startService(service, {
        pool: pools.get(name) as pg.Pool,
        store: stores.get(name) as Store,
        log: tables.logOf(name),
        clients,
        directory,
        actorKey: publicKey,
        masterKey: given.masterKey,
        clock,
        logger,
        metrics,
      }),
    )
  }
  const grpc = await serveGrpc({
    answers: [...[...running.values()].flatMap((each) => each.answers), historyAnswers(stores)],
    address: `127.0.0.1:${grpcPort}`,
    credentials,
    verify: (token) => verifyActorToken(token, publicKey),
    log: logger,
  })
  await Promise.all([...running.values()].map((each) => each.consume()))
  await directory.ready

  const gatewayPool = servicePool(given.postgresUrl, 'gateway', 5, given.prefix)
  await migrate(gatewayPool, new URL('../services/gateway/migrations/', import.meta.url), 'gateway')
  const contracts = {
    openapi: Object.fromEntries([...running].map(([name, each]) => [name, each.app.swagger() as Record<string, unknown>])),
    asyncapi: JSON.parse(readFileSync(new URL('../docs/generated/asyncapi.json', import.meta.url), 'utf8')),
  }
  const gateway = await buildGateway({
    pool: gatewayPool,
    actorKey: given.actorKey,
    logger,
    metrics,
    directory: directory.current,
    freshDirectory: directory.fresh,
    homeOf: async (person) =>
      (await ask(clients.client(PeopleClient, 'membership'), 'cards', { persons: [person], fields: ['campus'] })).cards[0]?.campus ?? null,
    upstreams: Object.fromEntries([...running].map(([name, each]) => [name, inProcess(each.app)])),
    contracts: () => contracts,
    redis: null,
    consoleFolder: given.consoleFolder,
    settings: given.settings,
  })
  const address = await gateway.listen({ host: given.host, port: given.port })

  return {
    address,
    gatewayPool,
    stop: async () => {
      await gateway.close()
      await Promise.all([...running.values()].map((each) => each.close()))
      tables.close()
      await directory.close()
      clients.close()
      await grpc.close()
      await Promise.all([...stores.values()].map((store) => store.idle()))
      await Promise.all([gatewayPool, ...pools.values()].map((pool) => pool.end()))
    },
  }
}
