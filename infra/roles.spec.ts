import { randomBytes } from 'node:crypto'
import pg from 'pg'
import Type from 'typebox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { event } from '../shared/src/aggregate.ts'
import { databaseUrl, servicePool } from '../shared/src/run.ts'
import { migrateService } from '../shared/src/start-service.ts'
import { openStore, type Store } from '../shared/src/store/store.ts'
import { postgresUrl } from '../shared/src/testing/database.ts'
import { createDatabases } from './databases.ts'
import { databaseOf, databasesOf } from './processes.ts'
import { dropRoles, prepareRoles } from './roles.ts'

const prefix = `roles_${randomBytes(4).toString('hex')}`
const names = databasesOf(['membership', 'audit', 'gateway'])
const noted = event('membership.noted.v1', Type.Object({ text: Type.String() }))

let addresses: Map<string, string>
let service: pg.Pool
let owner: pg.Pool
let store: Store
beforeAll(async () => {
  await createDatabases(postgresUrl(), names, prefix)
  addresses = await prepareRoles(postgresUrl(), names, { prefix })
  service = servicePool(addresses.get('membership') as string, 'membership', 3, prefix)
  owner = servicePool(postgresUrl(), 'membership', 2, prefix)
  store = await openStore({
    service: 'membership',
    pool: service,
    shards: 2,
    masterKey: randomBytes(32),
    definitions: [noted],
    clock: () => new Date().toISOString(),
  })
})
afterAll(async () => {
  await store.idle()
  await service.end()
  await owner.end()
  const admin = new pg.Client({ connectionString: postgresUrl() })
  await admin.connect()
  for (const name of names) await admin.query(`drop database ${pg.escapeIdentifier(databaseOf(name, prefix))} with (force)`)
  await admin.end()
  await dropRoles(postgresUrl(), names, prefix)
})

const append = (text: string) =>
  store.append({
    stream: 'note-1',
    expected: 'any',
    command: { id: crypto.randomUUID(), fingerprint: '' },
    unit: 'fed',
    actor: { person: null, post: null, system: 'spec' },
    correlation: 'c',
    causation: 'c',
    occurred: new Date().toISOString(),
    reason: null,
    policies: {},
    events: [{ type: noted.type, data: { text } }],
  })
const alarms = async () => (await owner.query('select by, what, statement from history_alarms order by id')).rows

it('[PL-06] a service adds facts, and may neither change, remove nor hide one', async () => {
  expect(await append('one')).toMatchObject({ kind: 'appended' })
  for (const attempt of [
    "update events set bytes = 'x'",
    "update events set sealed = null where stream = 'note-1'",
    'delete from events',
    'truncate events',
    'alter table events disable trigger all',
    'drop trigger history_is_only_added_to on events',
    'create or replace function note_change_of_history() returns trigger language plpgsql as $$ begin return null; end $$',
    'create trigger mine before insert on events for each row execute function note_change_of_history()',
    'alter table events rename to gone',
    'drop table events',
    'delete from history_alarms',
    'delete from migrations',
  ])
    await expect(service.query(attempt), attempt).rejects.toMatchObject({ code: '42501' })
  expect((await store.readStream('note-1')).map(({ data }) => data)).toEqual([{ text: 'one' }])
  expect(await alarms()).toEqual([])
})

it('[PL-06] whoever may change history all the same is written down', async () => {
  await append('two')
  await owner.query("update events set bytes = replace(bytes, 'two', 'three') where stream = 'note-1'")
  await owner.query("delete from events where stream = 'note-none'")
  expect(await alarms()).toMatchObject([
    { by: 'postgres', what: 'UPDATE', statement: expect.stringContaining('replace(bytes') },
    { by: 'postgres', what: 'DELETE' },
  ])
})

it('[PL-12] erasure takes texts out through its one function, and is no alarm', async () => {
  const before = (await alarms()).length
  expect((await service.query("select destroy_erased('{nobody}') as gone")).rows).toEqual([{ gone: 0 }])
  expect(await alarms()).toHaveLength(before)
})

it('a service makes its views, finds its tables up to date, and enters no other database', async () => {
  await service.query('create schema view_mine; create table view_mine.t (a int); insert into view_mine.t values (1); drop schema view_mine cascade')
  await migrateService(service, 'membership')
  await expect(service.query('create table public.mine (a int)')).rejects.toMatchObject({ code: '42501' })
  const elsewhere = new URL(databaseUrl(addresses.get('membership') as string, 'gateway', prefix))
  const client = new pg.Client({ connectionString: elsewhere.href })
  await expect(client.connect()).rejects.toMatchObject({ code: '42501' })
  // The audit service has two databases, both its own.
  for (const name of ['audit', 'audit_log']) {
    const pool = servicePool(addresses.get('audit') as string, name, 1, prefix)
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await pool.end()
  }
})
