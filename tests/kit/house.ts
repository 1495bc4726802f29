import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import pg from 'pg'
import { createDatabases } from '../../infra/databases.ts'
import { type Embedded, startEmbedded } from '../../infra/embedded.ts'
import { openOperator } from '../../infra/operator.ts'
import { databasesOf } from '../../infra/processes.ts'
import { dropRoles } from '../../infra/roles.ts'
import { services } from '../../infra/services.ts'
import { readSettings } from '../../services/gateway/src/settings.ts'
import { databaseUrl } from '../../shared/src/run.ts'
import { postgresUrl } from '../../shared/src/testing/database.ts'
import { evidenceFolder } from '../../shared/src/testing/evidence.ts'
import { patient } from '../../shared/src/testing/patient.ts'
import { signIn } from './client.ts'

/** Of the operator and of every account that is opened. */
export const password = 'a password for specs'
export const shards = 4

/**
 * An installation that can be looked into from outside: its databases are there from the beginning, also before it runs and after it was
 * ended. `remove` takes everything away.
 */
export const openHouse = async () => {
  const prefix = `house_${randomBytes(4).toString('hex')}`
  const masterKey = randomBytes(32)
  const actorKey = generateKeyPairSync('ed25519').privateKey
  const evidence = evidenceFolder()
  mkdirSync(evidence.audit, { recursive: true })
  const names = services.map(({ name }) => name)
  const databases = await createDatabases(postgresUrl(), databasesOf([...names, 'gateway']), prefix)
  const urls = new Map(names.map((name) => [name, databaseUrl(postgresUrl(), name, prefix)]))
  const pools = new Map([...urls].map(([name, connectionString]) => [name, new pg.Pool({ connectionString, max: 2 }).on('error', () => {})]))
  let running: Embedded | null = null
  return {
    masterKey,
    evidence,
    urls,
    pool: (service: string): pg.Pool => pools.get(service) as pg.Pool,
    start: async (): Promise<string> => {
      running = await startEmbedded({
        postgresUrl: postgresUrl(),
        actorKey,
        masterKey,
        receipts: evidence.receipts,
        environment: { ...process.env, ...evidence.settings },
        port: 0,
        host: '127.0.0.1',
        shards,
        logLevel: process.env.SPEC_LOG ?? 'fatal',
        settings: readSettings({
          ...process.env,
          COLLEGIUM_SIGN_IN_LIMIT: '1000',
          COLLEGIUM_RATE_LIMIT: '5000',
          ...patient,
        }),
        consoleFolder: null,
        prefix,
      })
      await openOperator(running.gatewayPool, password)
      return running.address
    },
    signIn: (account: string) => signIn((running as Embedded).address, account, password),
    stop: async (): Promise<void> => {
      await running?.stop()
      running = null
    },
    remove: async (): Promise<void> => {
      await running?.stop()
      await Promise.all([...pools.values()].map((pool) => pool.end()))
      const admin = new pg.Client({ connectionString: postgresUrl() })
      await admin.connect()
      for (const name of databases) await admin.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`)
      await admin.end()
      await dropRoles(postgresUrl(), databasesOf([...names, 'gateway']), prefix)
      evidence.remove()
    },
  }
}

export type House = Awaited<ReturnType<typeof openHouse>>
