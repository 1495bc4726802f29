import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { freePorts } from '../shared/src/free-port.ts'
import { createDatabases } from './databases.ts'
import type { Environment } from './engines/engine.ts'
import { startKafka } from './engines/kafka.ts'
import type { Kafka } from './engines/kafka-settings.ts'
import { startPostgres } from './engines/postgres.ts'
import type { Postgres } from './engines/postgres-settings.ts'
import { type Redis, startRedis } from './engines/redis.ts'
import { createTopics } from './kafka/topics.ts'
import { type KeyFiles, makeKeys } from './keys.ts'
import { processes as allProcesses, databasesOf, type Listening, publishing } from './processes.ts'
import { prepareRoles } from './roles.ts'
import { type ServiceProcess, serviceProcess } from './service-process.ts'

export type DistributedOptions = {
  /** Folder of data, keys and logs, kept. Without it a temporary one is used and removed at the end, and the engines write without fsync. */
  readonly dir?: string
  readonly brokers?: 1 | 3
  /** Any free ports instead of the usual ones. */
  readonly freePorts?: boolean
  readonly shards?: number
  /** Which processes; all by default. */
  readonly processes?: readonly Listening[]
  /** The folder that has services/<name>/src/main.ts. */
  readonly root?: string
  /** What the engines are looked for in, and what every process gets besides its own settings. */
  readonly environment?: Environment
  /** What one process gets besides, by the name of a service, or `postgres`. */
  readonly environmentOf?: (name: string) => Environment
  /** Milliseconds until all must be ready. */
  readonly patience?: number
  /** Settings of a Postgres that is started here. */
  readonly postgresSettings?: Readonly<Record<string, string | number>>
  /** For whoever stands in between: what it is (`postgres`, `redis`, `kafka-1`, `activities`) and its host:port → the host:port that processes are told. */
  readonly through?: (what: string, address: string) => Promise<string>
  readonly say?: (line: string) => void
}

export type Distributed = {
  /** The public door, as a URL without a slash at its end. */
  readonly gateway: string
  readonly processes: Readonly<Record<string, ServiceProcess>>
  readonly engines: { readonly postgres: Postgres; readonly kafka: Kafka; readonly redis: Redis }
  readonly keys: KeyFiles
  readonly dir: string
  /** Ends the gateway first, then the services, then the engines. Safe to call twice. */
  readonly stop: () => Promise<void>
}

/** `COLLEGIUM_<NAME>_HTTP` and `COLLEGIUM_<NAME>_GRPC` of all: how processes find each other. */
export const addressesOf = (all: readonly Listening[], host = (_name: string) => '127.0.0.1'): Record<string, string> =>
  Object.fromEntries(
    all.flatMap(({ name, http, grpc }) => {
      const variable = `COLLEGIUM_${name.toUpperCase()}`
      return [[`${variable}_HTTP`, `http://${host(name)}:${http}`], ...(grpc === null ? [] : [[`${variable}_GRPC`, `${host(name)}:${grpc}`]])]
    }),
  )

/** An address, or a URL, with another host:port in it. */
const told = async (through: DistributedOptions['through'], what: string, address: string): Promise<string> => {
  const place = /[^@/]+:\d+(?=\/|$)/.exec(address)?.[0]
  return through === undefined || place === undefined ? address : address.replace(place, await through(what, place))
}

const withFreePorts = async (all: readonly Listening[]): Promise<Listening[]> => {
  const ports = await freePorts(all.length * 2)
  return all.map(({ name, grpc }, index) => ({ name, http: ports[index * 2] as number, grpc: grpc === null ? null : (ports[index * 2 + 1] as number) }))
}

/**
 * The distributed form on one machine: engines, keys, databases and topics, then every service as a process of its own. Resolves when all are
 * ready; when one cannot be, stops everything and throws its last words. Nothing is restarted by itself.
 */
export const startDistributed = async (options: DistributedOptions = {}): Promise<Distributed> => {
  const say = options.say ?? (() => {})
  const environment = options.environment ?? process.env
  const environmentOf = options.environmentOf ?? (() => ({}))
  const root = options.root ?? dirname(import.meta.dirname)
  const dir = options.dir === undefined ? mkdtempSync(join(tmpdir(), 'collegium-up-')) : resolve(options.dir)
  const wanted = options.processes ?? allProcesses
  const listening = options.freePorts ? await withFreePorts(wanted) : wanted
  const shards = options.shards ?? 8
  const logs = join(dir, 'log')
  mkdirSync(logs, { recursive: true })

  const started: { readonly stop: () => Promise<unknown> }[] = []
  const stopping = { asked: false }
  const stop = async (): Promise<void> => {
    stopping.asked = true
    for (const part of started.splice(0).reverse()) await part.stop()
    if (options.dir === undefined) rmSync(dir, { recursive: true, force: true })
  }
  const keep = <T extends { readonly stop: () => Promise<unknown> }>(part: T): T => {
    started.push(part)
    return part
  }

  try {
    const at = (name: string) => (options.dir === undefined ? {} : { dir: join(dir, name) })
    const { through } = options
    const between = through === undefined ? {} : { through }
    const brokers = options.brokers ?? 1
    const databases = databasesOf(listening.map(({ name }) => name))
    // A broker takes seconds to start, and so do migrations: neither waits for the other.
    const [stores, queues] = await Promise.allSettled([
      (async () => {
        const postgres = keep(
          await startPostgres({
            environment,
            serverEnvironment: environmentOf('postgres'),
            say,
            settings: { max_connections: 300, ...options.postgresSettings },
            ...at('postgres'),
          }),
        )
        const redis = keep(await startRedis({ environment, say }))
        await createDatabases(postgres.address, databases)
        return { postgres, redis, roles: await prepareRoles(postgres.address, databases, { say }) }
      })(),
      (async () => {
        const kafka = keep(await startKafka({ environment, say, brokers, ...between, ...at(`kafka-${brokers}`) }))
        await createTopics(kafka.brokers, publishing(listening), shards)
        return { kafka }
      })(),
    ])
    if (stores.status === 'rejected') throw stores.reason
    if (queues.status === 'rejected') throw queues.reason
    const { postgres, redis, roles } = stores.value
    const { kafka } = queues.value
    const keys = makeKeys(join(dir, 'keys'), { logName: environment.COLLEGIUM_LOG_NAME })

    const addresses = Object.entries(addressesOf(listening)).map(async ([variable, address]) => {
      const name = variable.split('_')[1]?.toLowerCase() as string
      return [variable, name === 'gateway' ? address : await told(through, name, address)]
    })
    const common = {
      ...environment,
      ...Object.fromEntries(await Promise.all(addresses)),
      COLLEGIUM_KAFKA_BROKERS: kafka.address,
      COLLEGIUM_REDIS_URL: await told(through, 'redis', redis.address),
      COLLEGIUM_SHARDS: String(shards),
      COLLEGIUM_MASTER_KEY_FILE: keys.masterKey,
      COLLEGIUM_ACTOR_PUBLIC_KEY_FILE: keys.actorPublicKey,
      COLLEGIUM_RECEIPT_KEY_FILE: keys.receiptKey,
    }
    for (const [name, address] of roles) roles.set(name, await told(through, 'postgres', address))
    const own = ({ name, http, grpc }: Listening) => ({
      COLLEGIUM_POSTGRES_URL: roles.get(name),
      COLLEGIUM_HTTP_PORT: String(http),
      ...(grpc === null ? { COLLEGIUM_PORT: String(http) } : { COLLEGIUM_GRPC_PORT: String(grpc) }),
      ...(name === 'gateway' ? { COLLEGIUM_ACTOR_KEY_FILE: keys.actorKey } : {}),
      ...(name === 'audit' ? { COLLEGIUM_AUDIT_KEYS: keys.auditKeys, COLLEGIUM_AUDIT_FOLDER: join(dir, 'audit') } : {}),
    })
    const all = listening.map((each) =>
      serviceProcess({
        name: each.name,
        main: join(root, 'services', each.name, 'src/main.ts'),
        http: `http://127.0.0.1:${each.http}`,
        grpc: each.grpc === null ? null : `127.0.0.1:${each.grpc}`,
        log: join(logs, `${each.name}.log`),
        env: { ...common, ...own(each), ...environmentOf(each.name) },
        cwd: root,
        patience: options.patience ?? 60_000,
        grace: 15_000,
        onEnd: (how, tail) => stopping.asked || say(`${each.name} ended by itself (${how}); its last words:\n${tail}`),
      }),
    )
    const gateways = all.filter(({ grpc }) => grpc === null)
    keep({ stop: () => Promise.all(all.filter(({ grpc }) => grpc !== null).map((service) => service.stop())) })
    keep({ stop: () => Promise.all(gateways.map((gateway) => gateway.stop())) })
    await Promise.all(all.map((service) => service.start()))

    return {
      gateway: gateways[0]?.http ?? '',
      processes: Object.fromEntries(all.map((service) => [service.name, service])),
      engines: { postgres, kafka, redis },
      keys,
      dir,
      stop,
    }
  } catch (cause) {
    await stop()
    throw cause
  }
}
