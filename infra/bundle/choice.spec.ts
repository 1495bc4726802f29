import { randomBytes } from 'node:crypto'
import pg from 'pg'
import Type from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { event } from '../../shared/src/aggregate.ts'
import type { Scope } from '../../shared/src/bundle/manifest.ts'
import { newId } from '../../shared/src/ids.ts'
import { migrate } from '../../shared/src/migrate.ts'
import { openStore } from '../../shared/src/store/store.ts'
import { type TestDatabase, testDatabase } from '../../shared/src/testing/database.ts'
import { choiceOf, chooseStreams } from './choice.ts'

const unitCreated = event(
  'membership.unit-created.v1',
  Type.Object({ unit: Type.String(), kind: Type.String(), parent: Type.Union([Type.String(), Type.Null()]) }),
)
const termDefined = event('membership.term-defined.v1', Type.Object({ term: Type.String(), from: Type.String(), to: Type.String() }))
const noted = event('membership.noted.v1', Type.Object({}))

let database: TestDatabase
let client: pg.Client

beforeAll(async () => {
  database = await testDatabase(4)
  await migrate(database.pool, new URL('../../shared/src/store/migrations/', import.meta.url), 'store')
  let now = ''
  const definitions = [unitCreated, termDefined, noted]
  const store = await openStore({ service: 'membership', pool: database.pool, masterKey: randomBytes(32), definitions, clock: () => now })
  const add = async (day: string, stream: string, unit: string, type: string = noted.type, data: Record<string, unknown> = {}): Promise<void> => {
    now = `${day}T12:00:00.000Z`
    const id = newId()
    const actor = { person: null, post: null, system: 'spec' }
    const around = { correlation: id, causation: id, occurred: now, reason: null, policies: {} }
    await store.append({ stream, expected: 'any', command: { id, fingerprint: '' }, unit, actor, ...around, events: [{ type, data }] })
  }
  const unit = (id: string, kind: string, parent: string | null) => add('2026-01-10', `unit-${id}`, parent ?? id, unitCreated.type, { unit: id, kind, parent })
  await unit('fed', 'federation', null)
  await unit('north', 'campus', 'fed')
  await unit('north-su', 'union', 'north')
  await unit('south', 'campus', 'fed')
  await add('2026-01-10', 'term-spring', 'fed', termDefined.type, { term: 'spring', from: '2026-02-01', to: '2026-06-30' })
  await add('2026-01-20', 'person-a', 'north')
  await add('2026-01-20', 'person-b', 'south')
  await add('2026-03-01', 'note-1', 'north-su')
  await add('2026-06-30', 'note-1', 'north-su')
  await add('2026-07-01', 'note-1', 'north-su')
  await add('2026-01-21', 'note-2', 'south')
  await add('2026-05-01', 'note-2', 'south')
  await add('2026-07-02', 'note-3', 'north')
  await store.close()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client?.end()
  await database?.drop()
})

const chosen = async (scope: Scope, service = 'membership'): Promise<string[]> => {
  const choice = await choiceOf(client, scope)
  if (choice === null) return []
  await client.query('begin')
  await chooseStreams(client, service, choice)
  const { rows } = await client.query<{ stream: string; version: string }>('select stream, version from chosen order by stream')
  await client.query('commit')
  return rows.map(({ stream, version }) => `${stream} ${version}`)
}
const organization = ['term-spring 1', 'unit-fed 1', 'unit-north 1', 'unit-north-su 1', 'unit-south 1']

describe('what a part of an installation is made of', () => {
  it('[PL-18] a campus: whole streams of its units, the organization, and nobody of another campus', async () => {
    expect(await chosen({ kind: 'campus', id: 'north' })).toEqual(['note-1 3', 'note-3 1', 'person-a 1', ...organization])
    expect(await chosen({ kind: 'campus', id: 'south' })).toEqual(['note-2 2', 'person-b 1', ...organization])
    expect(await chosen({ kind: 'campus', id: 'south' }, 'documents'), 'the organization is membership’s alone').toEqual(['note-2 2', 'person-b 1'])
  })

  it('[PL-18] a term: what streams that were alive in it had become by its end, from their beginning', async () => {
    expect(await chosen({ kind: 'term', id: 'spring' })).toEqual(['note-1 2', 'note-2 2', ...organization])
  })

  it('[PL-18] no campus and no term of that name is an error, also where there is a unit', async () => {
    await expect(chosen({ kind: 'campus', id: 'north-su' })).rejects.toThrow('There is no campus north-su')
    await expect(chosen({ kind: 'term', id: 'autumn' })).rejects.toThrow('There is no term autumn')
    expect(await choiceOf(client, { kind: 'all' })).toBeNull()
  })
})
