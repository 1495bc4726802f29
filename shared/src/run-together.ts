import type { KeyObject } from 'node:crypto'
import { DirectoryClient } from '@collegium/proto/collegium/membership/v1/directory.ts'
import type pg from 'pg'
import type { Registry } from 'prom-client'
import { tokenOf, verifyActorToken } from './actor-token.ts'
import { type DirectoryReplica, watchDirectory } from './directory-client.ts'
import { factsOf } from './erasure/facts.ts'
import { freePort } from './free-port.ts'
import { type Clients, clientFactory } from './grpc/client.ts'
import { credentialsOf } from './grpc/credentials.ts'
import { serveGrpc } from './grpc/server.ts'
import { historyAnswers } from './history.ts'
import { eventTablesLog } from './log/embedded.ts'
import type { Logger } from './logger.ts'
import type { Receipts } from './receipts.ts'
import type { Service } from './service.ts'
import { migrateService, type Running, startService } from './start-service.ts'
import { openStore, type Store } from './store/store.ts'

export type Together = {
  /** By the name of the service, as the stores and pools. */
  readonly running: ReadonlyMap<string, Running>
  readonly stores: ReadonlyMap<string, Store>
  readonly pools: ReadonlyMap<string, pg.Pool>
  readonly clients: Clients
  readonly directory: DirectoryReplica
  /** Ends all of them, and their pools. */
  readonly close: () => Promise<void>
}

/**
 * Runs several services in this process, membership among them, each on its own pool: the event tables themselves are the log, and one gRPC
 * server of the loopback address answers for all. Resolves when the directory is known and every consumer reads.
 */
export const runTogether = async (
  services: readonly Service[],
  given: {
    /** By the name of the service, or of a further database, as audit_log. */
    readonly poolOf: (name: string) => pg.Pool
    readonly shards: number
    readonly masterKey: Buffer
    readonly receipts: Receipts
    /** The environment, for what a service reads itself. */
    readonly settings: Readonly<Record<string, string | undefined>>
    readonly actorKey: KeyObject
    readonly clock: () => string
    readonly logger: Logger
    readonly metrics: Registry
  },
): Promise<Together> => {
  const { shards, masterKey, actorKey, clock, logger, metrics } = given
  const pools = new Map(services.map(({ name }) => [name, given.poolOf(name)]))
  const stores = new Map<string, Store>()
  await Promise.all(
    services.map(async (service) => {
      const { name } = service
      const pool = pools.get(name) as pg.Pool
      await migrateService(pool, name)
      stores.set(name, await openStore({ service: name, pool, shards, masterKey, definitions: factsOf(service), clock }))
    }),
  )

  // The directory's client needs the address before there are answers to serve at it.
  const address = `127.0.0.1:${await freePort()}`
  const credentials = credentialsOf({})
  const clients = clientFactory({ addresses: Object.fromEntries(services.map(({ name }) => [name, address])), credentials, sign: tokenOf })
  const log = eventTablesLog(Object.fromEntries(stores), (error) => logger.warn({ err: error }, 'the log'))
  const directory = watchDirectory({ client: clients.client(DirectoryClient, 'membership'), log: logger })
  const running = new Map<string, Running>()
  for (const service of services) {
    const { name } = service
    const [pool, store] = [pools.get(name) as pg.Pool, stores.get(name) as Store]
    const own = {
      pool,
      store,
      log: log.logOf(name),
      receipts: given.receipts,
      settings: given.settings,
      database: (further: string) => given.poolOf(`${name}_${further}`),
    }
    running.set(name, await startService(service, { ...own, clients, directory, actorKey, masterKey, clock, logger, metrics }))
  }
  const answers = [...[...running.values()].flatMap((each) => each.answers), historyAnswers(stores)]
  const grpc = await serveGrpc({ answers, address, credentials, verify: (token) => verifyActorToken(token, actorKey), log: logger })
  await Promise.all([...running.values()].map((each) => each.consume()))
  await directory.ready

  return {
    running,
    stores,
    pools,
    clients,
    directory,
    close: async () => {
      await Promise.all([...running.values()].map((each) => each.close()))
      log.close()
      await directory.close()
      clients.close()
      await grpc.close()
      await Promise.all([...stores.values()].map((store) => store.idle()))
      await Promise.all([...pools.values()].map((pool) => pool.end()))
    },
  }
}
