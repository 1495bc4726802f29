import { generateKeyPairSync } from 'node:crypto'
import pg from 'pg'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { signActorToken } from '../actor-token.ts'
import { Directory, type Snapshot } from '../directory.ts'
import { newId } from '../ids.ts'
import { eventTablesLog } from '../log/embedded.ts'
import type { Log } from '../log.ts'
import type { Service } from '../service.ts'
import { migrateService, startService } from '../start-service.ts'
import { openStore } from '../store/store.ts'

type Answer = { readonly status: number; readonly body: any }
type Who = { readonly person: string | null; readonly home?: string | null; readonly operator?: boolean }

/**
 * One service on a database of its own, with an organization that the spec makes up and a clock that it may set; other services are silent.
 * `stop` and `start` are what a process does; `drop` ends it for good. Needs the Postgres of COLLEGIUM_POSTGRES_URL.
 */
export const alone = async (service: Service, snapshot: Snapshot) => {
  const address = process.env.COLLEGIUM_POSTGRES_URL
  if (address === undefined) throw new Error('COLLEGIUM_POSTGRES_URL must name a Postgres')
  const database = `alone_${service.name}_${newId().replaceAll('-', '').slice(-12)}`
  const admin = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: address })
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  await admin(`create database ${database}`)
  const url = new URL(address)
  url.pathname = `/${database}`

  const keys = generateKeyPairSync('ed25519')
  const masterKey = Buffer.alloc(32, 1)
  const logger = pino({ level: process.env.COLLEGIUM_LOG_LEVEL ?? 'silent' })
  const current = (): Directory => new Directory(snapshot)
  const directory = { current, fresh: async () => current(), ready: Promise.resolve(), onChange: () => () => {}, close: async () => {} }
  let shift = 0
  const clock = (): string => new Date(Date.now() + shift).toISOString()
  const nobody = () => {
    throw new Error(`${service.name} is alone: nobody else answers`)
  }

  const open = async () => {
    const pool = new pg.Pool({ connectionString: url.toString(), max: 10 })
    pool.on('error', () => {})
    await migrateService(pool, service.name)
    const store = await openStore({ service: service.name, pool, masterKey, definitions: service.aggregates.flatMap((aggregate) => aggregate.events), clock })
    const tables = eventTablesLog({ [service.name]: store })
    const own = tables.logOf(service.name)
    const log: Log = {
      ...own,
      subscribe: (subscriber) => own.subscribe({ ...subscriber, services: subscriber.services.filter((each) => each === service.name) }),
      replay: async (source, after, limit) => (source.service === service.name ? own.replay(source, after, limit) : []),
    }
    const clients = { client: nobody, close: () => {} }
    const running = await startService(service, {
      pool,
      store,
      log,
      clients,
      directory,
      actorKey: keys.publicKey,
      masterKey,
      clock,
      logger,
      metrics: new Registry(),
    })
    await running.consume()
    return { pool, store, log, tables, running }
  }
  let alive = await open()

  const stop = async (): Promise<void> => {
    await alive.running.close()
    await alive.store.idle()
    await alive.log.close()
    alive.tables.close()
    await alive.pool.end()
  }

  return {
    /** The facts of a stream, oldest first. */
    facts: (stream: string) => alive.store.readStream(stream),
    now: clock,
    /** Its answers to other services, to be served by a spec. */
    answers: () => alive.running.answers,
    /** Moves the clock forward. */
    advance: (milliseconds: number): void => {
      shift += milliseconds
    },
    /** A request as the gateway would send it for this person. */
    as:
      ({ person, home = null, operator = false }: Who) =>
      async (method: 'GET' | 'POST' | 'PUT', path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> => {
        const token = signActorToken({ person, home, operator, scope: null, session: 'spec' }, keys.privateKey)
        const sent = { method, url: path, headers: { authorization: `Bearer ${token}`, ...headers }, ...(body === undefined ? {} : { payload: body }) }
        const response = await alive.running.app.inject(sent)
        return { status: response.statusCode, body: response.body === '' ? null : response.json() }
      },
    stop,
    start: async (): Promise<void> => {
      alive = await open()
    },
    drop: async (): Promise<void> => {
      await stop()
      await admin(`drop database ${database} with (force)`)
    },
  }
}

export type Alone = Awaited<ReturnType<typeof alone>>

/** Waits until `look` returns what `holds` accepts; at most ten seconds, then returns what it saw last. */
export const eventually = async <T>(look: () => Promise<T>, holds: (seen: T) => boolean, milliseconds = 10_000): Promise<T> => {
  const end = Date.now() + milliseconds
  let seen = await look()
  while (!holds(seen) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 25))
    seen = await look()
  }
  return seen
}
