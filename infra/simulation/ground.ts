import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { runViews } from '../../shared/src/consume/views.ts'
import { migrate } from '../../shared/src/migrate.ts'
import type { Service } from '../../shared/src/service.ts'
import { migrateService } from '../../shared/src/start-service.ts'
import { openStore } from '../../shared/src/store/store.ts'
import type { Engine } from './database.ts'
import { silent } from './place.ts'
import { probeTable } from './probe.ts'

/** The databases that simulations run on, one after the other: made once, emptied for each. */
export type Ground = {
  readonly engines: ReadonlyMap<string, Engine>
  readonly empty: () => Promise<void>
  readonly end: () => Promise<void>
}

const quoted = (name: string): string => `"${name}"`

/** Makes a database with its tables for each service on a server, and `audit_log` beside that of audit. */
export const prepareGround = async (server: string, services: readonly Service[], shards: number): Promise<Ground> => {
  const prefix = `simulation_${randomBytes(4).toString('hex')}`
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  const engines = new Map<string, Engine>()
  const emptying: (() => Promise<unknown>)[] = []
  const databases: string[] = []

  const make = async (name: string, fill: (pool: pg.Pool) => Promise<void>): Promise<void> => {
    const database = `${prefix}_${name}`
    databases.push(database)
    await admin.query(`create database ${database}`)
    const url = new URL(server)
    url.pathname = `/${database}`
    const pool = new pg.Pool({ connectionString: url.href, max: 4 })
    await fill(pool)
    await pool.end()
    const connect = async (options: string): Promise<pg.Client> => {
      const client = new pg.Client({ connectionString: url.href, options, pipeline: true } as pg.ClientConfig)
      await client.connect()
      return client
    }
    // A statement that waits for a lock of the open transaction would wait for ever: it must not happen, and is heard of.
    const engine = { single: await connect('-c lock_timeout=5s'), transaction: await connect('-c lock_timeout=5s') }
    engines.set(name, engine)
    const cleaner = await connect('-c session_replication_role=replica')
    const { rows } = await cleaner.query<{ at: string }>(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as at from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema') and tablename not in ('migrations', 'views', 'shards')`,
    )
    const isThere = (await cleaner.query(`select to_regclass('shards') is not null as there`)).rows[0].there
    const text = [...rows.map(({ at }) => `delete from ${at}`), ...(isThere ? ['update shards set last_position = 0'] : [])].join(';')
    emptying.push(() => cleaner.query(text))
    clients.push(engine.single, engine.transaction, cleaner)
  }
  const clients: pg.Client[] = []

  for (const service of services) {
    await make(service.name, async (pool) => {
      await migrateService(pool, service.name)
      await pool.query(probeTable)
      await openStore({ service: service.name, pool, shards, masterKey: Buffer.alloc(32, 1), definitions: [], clock: () => '' })
      const consumers = { add: async () => {}, find: () => undefined, remove: async () => {} }
      const views = await runViews({ views: service.views, pool, consumers: consumers as never, logger: silent })
      await views.close()
    })
    for (const further of service.databases ?? [])
      await make(`${service.name}_${further}`, (pool) =>
        migrate(pool, new URL(`../../services/${service.name}/${further}-migrations/`, import.meta.url), further),
      )
  }

  return {
    engines,
    empty: async () => void (await Promise.all(emptying.map((each) => each()))),
    end: async () => {
      await Promise.all(clients.map((client) => client.end()))
      for (const database of databases) await admin.query(`drop database ${quoted(database)} with (force)`)
      await admin.end()
    },
  }
}
