import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { pino } from 'pino'
import Type from 'typebox'
import { type EventDefinition, event } from '../aggregate.ts'
import { newId } from '../ids.ts'
import { eventTablesLog } from '../log/embedded.ts'
import { migrate } from '../migrate.ts'
import { openStore } from '../store/store.ts'
import { testDatabase } from './database.ts'

/** For specs: a counter that is raised, by how much and by whose line of text. */
export const raised = event('alpha.raised.v1', Type.Object({ counter: Type.String(), by: Type.Integer(), note: Type.Optional(Type.String()) }))
export const closed = event('alpha.closed.v1', Type.Object({ counter: Type.String() }))

export const silent = pino({ level: process.env.SPEC_LOG ?? 'silent' })

/** For specs: a service with a database of its own, its event store and its log. `drop` ends it all. */
export const freshService = async (service = 'alpha', definitions: readonly EventDefinition[] = [raised, closed], shards = 2) => {
  const database = await testDatabase(12)
  const { pool } = database
  const pools: pg.Pool[] = []
  const openPool = (): pg.Pool => {
    const opened = database.openPool()
    pools.push(opened)
    return opened
  }
  await migrate(pool, new URL('../store/migrations/', import.meta.url), 'store')
  await migrate(pool, new URL('../consume/migrations/', import.meta.url), 'consume')
  const clock = (): string => new Date().toISOString()
  const store = await openStore({ service, pool, shards, masterKey: randomBytes(32), definitions, clock })
  const log = eventTablesLog({ [service]: store })

  /** Appends events to one stream, whatever its version. */
  const append = (stream: string, events: readonly { type: string; data: Record<string, unknown> }[], at: { occurred?: string; command?: string } = {}) => {
    const command = at.command ?? newId()
    return store.append({
      stream,
      expected: 'any',
      command: { id: command, fingerprint: '' },
      unit: 'campus',
      actor: { person: null, post: null, system: 'spec' },
      correlation: command,
      causation: command,
      occurred: at.occurred ?? clock(),
      reason: null,
      policies: {},
      events,
    })
  }

  return {
    service,
    connectionString: database.url,
    pool,
    openPool,
    store,
    log,
    append,
    raise: (counter: string, by = 1, note?: string) => append(`counter-${counter}`, [{ type: raised.type, data: { counter, by, ...(note ? { note } : {}) } }]),
    drop: async (): Promise<void> => {
      log.close()
      await Promise.all(pools.map((each) => each.end()))
      await database.drop()
    },
  }
}
