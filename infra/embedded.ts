import { createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ErasuresClient } from '@collegium/proto/collegium/membership/v1/erasures.ts'
import { PeopleClient } from '@collegium/proto/collegium/membership/v1/people.ts'
import type pg from 'pg'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { buildGateway } from '../services/gateway/src/app.ts'
import { erasuresFrom } from '../services/gateway/src/erasures.ts'
import type { Settings } from '../services/gateway/src/settings.ts'
import { inProcess } from '../services/gateway/src/upstream.ts'
import { ask } from '../shared/src/grpc/client.ts'
import { makeLogger } from '../shared/src/logger.ts'
import type { Receipts } from '../shared/src/receipts.ts'
import { servicePool } from '../shared/src/run.ts'
import { runTogether } from '../shared/src/run-together.ts'
import { createDatabases } from './databases.ts'
import { databasesOf } from './processes.ts'
import { prepareRoles } from './roles.ts'
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
  readonly receipts: Receipts
  /** The environment of the services, above all where the log's keys and files are. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly port: number
  readonly host: string
  readonly shards: number
  readonly logLevel: string
  /** Where log lines go instead of standard output. */
  readonly logTo?: { readonly write: (line: string) => void }
  readonly settings: Settings
  readonly consoleFolder: string | null
  /** What the databases' names begin with, where several systems share a server. */
  readonly prefix?: string
}): Promise<Embedded> => {
  const logger = makeLogger('collegium', given.logLevel, given.logTo)
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  const databases = databasesOf([...services.map((service) => service.name), 'gateway'])
  await createDatabases(given.postgresUrl, databases, given.prefix)
  const addresses = await prepareRoles(given.postgresUrl, databases, { prefix: given.prefix, say: (line) => logger.warn(line) })
  const poolOf = (name: string) => servicePool(addresses.get(name.split('_')[0] as string) as string, name, 8, given.prefix)

  const together = await runTogether(services, {
    poolOf,
    shards: given.shards,
    masterKey: given.masterKey,
    receipts: given.receipts,
    settings: given.environment,
    actorKey: createPublicKey(given.actorKey),
    clock: () => new Date().toISOString(),
    logger,
    metrics,
  })
  const { running, clients, directory } = together

  const gatewayPool = poolOf('gateway')
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
    erasures: erasuresFrom(clients.client(ErasuresClient, 'membership')),
    homeOf: async (person) =>
      (await ask(clients.client(PeopleClient, 'membership'), 'cards', { persons: [person], fields: ['campus'] })).cards[0]?.campus ?? null,
    upstreams: Object.fromEntries([...running].map(([name, each]) => [name, inProcess(each.app)])),
    contracts: () => contracts,
    redis: null,
    consoleFolder: given.consoleFolder,
    settings: given.settings,
  })
  const address = await gateway.listen({ host: given.host, port: given.port, backlog: 4_096 })

  return {
    address,
    gatewayPool,
    stop: async () => {
      await gateway.close()
      await together.close()
      await gatewayPool.end()
    },
  }
}
