import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Distributed, type DistributedOptions, startDistributed } from '../../infra/distributed.ts'
import { startEmbedded } from '../../infra/embedded.ts'
import { openOperator } from '../../infra/operator.ts'
import { databaseOf, databasesOf } from '../../infra/processes.ts'
import { dropRoles } from '../../infra/roles.ts'
import { liveSample } from '../../infra/sample/live.ts'
import { services } from '../../infra/services.ts'
import { readSettings } from '../../services/gateway/src/settings.ts'
import { servicePool } from '../../shared/src/run.ts'
import { postgresUrl } from '../../shared/src/testing/database.ts'
import { evidenceFolder } from '../../shared/src/testing/evidence.ts'
import { patient } from '../../shared/src/testing/patient.ts'
import { type Client, signedOut, signIn } from './client.ts'

export type Collegium = {
  readonly address: string
  /** Of every account that the kit or the sample opened. */
  readonly password: string
  /** `operator`, and with the sample those of its people. */
  readonly accounts: readonly string[]
  readonly signIn: (account: string) => Promise<Client>
  readonly signedOut: () => Client
  /** Ends everything and removes its data. */
  readonly stop: () => Promise<void>
}
export type EmbeddedCollegium = Collegium & {
  /** The same databases in a new start, at the same address, as after the process had ended. */
  readonly restart: () => Promise<void>
  /** The same, with something done to the databases, whose names begin with `prefix`, while nothing runs. */
  readonly whileDown: (work: (prefix: string) => Promise<void>) => Promise<void>
  /** Every line that was logged. */
  readonly logged: readonly string[]
  readonly gatewayPool: () => pg.Pool
  /** Where the logs' files are. */
  readonly logFolder: string
}
export type DistributedCollegium = Collegium & { readonly system: Distributed }

const password = 'a password for specs'
const consoleFolder = join(import.meta.dirname, '../../services/console/dist')
/** Ten processes load the same code, many times in a run of the specs. */
const compiled = join(tmpdir(), 'collegium-compiled')
/** Specs sign in more often than people do, and ask for more at once. */
const environment = {
  COLLEGIUM_SIGN_IN_LIMIT: '1000',
  COLLEGIUM_RATE_LIMIT: '5000',
  COLLEGIUM_IN_FLIGHT_COMMANDS: '5000',
  COLLEGIUM_IN_FLIGHT_READS: '5000',
  COLLEGIUM_IN_FLIGHT_BULK: '50',
  ...patient,
}

/** The whole system in this process, on databases of its own in the run's Postgres; with `sample`, after its semester was lived. */
export const startCollegium = async ({
  sample = false,
  logLevel = process.env.SPEC_LOG ?? 'fatal',
  settings = environment as Record<string, string>,
} = {}): Promise<EmbeddedCollegium> => {
  const prefix = `kit_${randomBytes(4).toString('hex')}`
  const [masterKey, actorKey]: [Buffer, KeyObject] = [randomBytes(32), generateKeyPairSync('ed25519').privateKey]
  const evidence = evidenceFolder()
  const logged: string[] = []
  mkdirSync(evidence.audit, { recursive: true })
  const start = (port: number) =>
    startEmbedded({
      postgresUrl: postgresUrl(),
      actorKey: createPrivateKey(actorKey.export({ type: 'pkcs8', format: 'pem' })),
      masterKey,
      receipts: evidence.receipts,
      environment: { ...process.env, ...evidence.settings },
      port,
      host: '127.0.0.1',
      shards: 4,
      logLevel,
      logTo: { write: (line: string) => void (process.env.SPEC_LOG ? process.stdout.write(line) : logged.push(line)) },
      settings: readSettings({ ...process.env, ...settings }),
      consoleFolder: existsSync(consoleFolder) ? consoleFolder : null,
      prefix,
    })
  let system = await start(0)
  const { address } = system
  const accounts = await populate(address, system.gatewayPool, sample)
  const whileDown: EmbeddedCollegium['whileDown'] = async (work) => {
    await system.stop()
    await work(prefix)
    system = await start(Number(new URL(address).port))
  }
  return {
    ...collegiumAt(address, accounts),
    gatewayPool: () => system.gatewayPool,
    logFolder: evidence.audit,
    logged,
    restart: () => whileDown(async () => {}),
    whileDown,
    stop: async () => {
      await system.stop()
      await dropDatabases(prefix)
      evidence.remove()
    },
  }
}

/** The same, each service a process of its own over Kafka and Redis, on engines of their own. */
export const startCollegiumDistributed = async ({
  sample = false,
  environment: own,
  ...options
}: Omit<DistributedOptions, 'dir'> & { readonly sample?: boolean } = {}): Promise<DistributedCollegium> => {
  const system = await startDistributed({
    freePorts: true,
    shards: 4,
    environment: { ...process.env, ...environment, COLLEGIUM_POSTGRES_URL: undefined, COLLEGIUM_LOG_LEVEL: 'warn', NODE_COMPILE_CACHE: compiled, ...own },
    patience: 90_000,
    ...options,
  })
  const gatewayPool = servicePool(system.engines.postgres.address, 'gateway', 2)
  try {
    const accounts = await populate(system.gateway, gatewayPool, sample)
    return { ...collegiumAt(system.gateway, accounts), system, stop: system.stop }
  } catch (error) {
    await system.stop()
    throw error
  } finally {
    await gatewayPool.end()
  }
}

const collegiumAt = (address: string, accounts: readonly string[]) => ({
  address,
  password,
  accounts,
  signIn: (account: string) => signIn(address, account, password),
  signedOut: () => signedOut(address),
})

const populate = async (address: string, gatewayPool: pg.Pool, sample: boolean): Promise<string[]> => {
  await openOperator(gatewayPool, password)
  if (!sample) return ['operator']
  const lived = await liveSample({ address, gatewayPool, password, operator: { account: 'operator', password } })
  return lived.map((each) => each.account)
}

const dropDatabases = async (prefix: string): Promise<void> => {
  const admin = new pg.Client({ connectionString: postgresUrl() })
  await admin.connect()
  for (const name of databasesOf([...services.map((each) => each.name), 'gateway']))
    await admin.query(`drop database if exists ${pg.escapeIdentifier(databaseOf(name, prefix))} with (force)`)
  await admin.end()
  await dropRoles(postgresUrl(), databasesOf([...services.map((each) => each.name), 'gateway']), prefix)
}
