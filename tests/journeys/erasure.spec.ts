import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseOf } from '../../infra/processes.ts'
import { postgresUrl } from '../../shared/src/testing/database.ts'
import type { Client } from '../kit/client.ts'
import { type EmbeddedCollegium, startCollegium } from '../kit/collegium.ts'
import { contentsOf, leaveTexts, rowsOf, textsOf, thoseWith } from './planted.ts'
import { daysAgo, eventually, federation, occurred, ok, openAccounts, refused, type Scene, sceneOf, yaml } from './scene.ts'

/** Fifty texts of one person in every place that takes some; after the erasure none is anywhere, and none comes back with a backup. */
const texts = textsOf()
const { planted, ming, account } = texts

let collegium: EmbeddedCollegium
let scene: Scene
let prefix = ''
let mine: Client
const as = (who: string): Promise<Client> => scene.as(who)

/** Every table of every database of the installation, row by row as text, every file of the logs, every line. */
const everywhere = async (): Promise<string[]> => [
  ...(await rowsOf(postgresUrl(), (name) => name.startsWith(`${prefix}_`))),
  ...contentsOf(collegium.logFolder),
  ...collegium.logged,
]
const connected = async (database: string): Promise<pg.Client> => {
  const url = new URL(postgresUrl())
  url.pathname = `/${database}`
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  return client
}
/** Where a planted text, or a hash over the command that brought one, stands. */
const found = async (): Promise<string[]> => thoseWith(texts, await everywhere())
const inDatabase = async (service: string, sql: string, params: unknown[] = []): Promise<any[]> => {
  const client = await connected(databaseOf(service, prefix))
  const { rows } = await client.query(sql, params)
  await client.end()
  return rows
}
/** How many ciphertexts lie under keys of the person, and how many keys live. */
const secrets = async (service: string) =>
  (
    await inDatabase(
      service,
      `select (select count(*)::int from person_keys where person = 'ming' and destroyed_at is null) as keys,
              (select count(*)::int from events where sealed_key(sealed)::uuid in (select key_id from person_keys where person = 'ming')) as texts`,
    )
  )[0]

const verifier = (...words: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, '../../services/verifier/src/main.ts'), ...words, '--language', 'en'], { encoding: 'utf8' })

beforeAll(async () => {
  collegium = await startCollegium({ logLevel: 'trace' })
  scene = sceneOf({ ...collegium, form: 'embedded', restart: () => collegium.restart() })
  await collegium.whileDown(async (name) => {
    prefix = name
  })
  ok(await (await as('operator')).post('/imports', federation.replace('erasures:request,', 'erasures:request, tokens:make,'), yaml))
  await openAccounts(scene)
})
afterAll(async () => {
  // Before the installation: what was restored belongs to its roles.
  const admin = new pg.Client({ connectionString: postgresUrl() })
  await admin.connect()
  for (const service of ['activities', 'volunteers', 'gateway', 'membership']) await admin.query(`drop database if exists "backup_${prefix}_${service}"`)
  await admin.end()
  await collegium?.stop()
})

describe('a person who is erased', () => {
  it('[PL-12] leaves fifty texts in every place that takes some, and each can be read', async () => {
    mine = await leaveTexts(scene, texts)
    const [secretary, host] = [await as('secretary'), await as('host')]
    expect(planted).toHaveLength(50)

    expect(ok(await mine.get('/people/ming'))).toMatchObject({ name: ming.name, number: ming.number })
    const leave = ok(await secretary.get(`/meetings/${scene.made.meeting}/history`)).items.at(-1)
    expect(planted).toContain(leave.data.reason)
    expect(planted).toContain(ok(await host.get(`/stints/${scene.made.stint}/history`)).items[0].data.reason)
    const readers = await eventually(
      async () => ok(await mine.get('/people/ming/file/readers')).items,
      (seen) => expect(seen).toHaveLength(10),
    )
    expect(readers.map((each: any) => each.reason).every((reason: string) => planted.includes(reason))).toBe(true)
    expect(await found()).not.toEqual([])
    expect(await secrets('activities')).toEqual({ keys: 1, texts: 20 })
    expect(await secrets('volunteers')).toEqual({ keys: 1, texts: 16 })
    expect(await secrets('membership')).toEqual({ keys: 1, texts: 11 })
  })

  it('[PL-12] is held while a case is open, and the ground is named', async () => {
    const [president, guide] = [await as('president'), await as('guide')]
    const appointment = ok(await president.post('/appointments', { person: 'ming', kind: 'officer', unit: 'north-su-tea' })).id
    ok(await mine.post('/erasures', { person: 'ming', basis: 'consent-withdrawn' }))
    expect(ok(await mine.get('/people/ming/erasure'))).toMatchObject({ status: 'held', holds: [{ ground: 'appointment-open', about: appointment }] })
    const told = refused(await guide.post('/erasures/ming/approval'), 409, 'erasure-held')
    expect(told.params.grounds).toContain('appointment-open')
    refused(await mine.post('/erasures/ming/approval'), 403, 'forbidden')
    refused(await (await as('student-1')).post('/erasures', { person: 'student-2', basis: 'objection' }), 403, 'erasure-of-another')
    ok(await president.post(`/appointments/${appointment}/withdrawal`, { reason: 'Asked to be erased' }))
    ok(await guide.post('/erasures/ming/check'))
    expect(ok(await mine.get('/people/ming/erasure'))).toMatchObject({ status: 'requested', holds: [] })
  })

  it('[PL-12] is found nowhere after two have decided and every service has said that it is done', async () => {
    await collegium.whileDown(async () => {
      const admin = new pg.Client({ connectionString: postgresUrl() })
      await admin.connect()
      for (const service of ['activities', 'volunteers', 'gateway', 'membership'])
        await admin.query(`create database "backup_${prefix}_${service}" template "${databaseOf(service, prefix)}"`)
      await admin.end()
    })
    const [guide, guide2] = [await as('guide'), await as('guide-2')]
    ok(await guide.post('/erasures/ming/approval'))
    expect(ok(await guide.post('/erasures/ming/approval'))).toMatchObject({ events: 0 })
    expect(await found()).not.toEqual([])
    ok(await guide2.post('/erasures/ming/approval'))
    const [done] = await eventually(
      async () => ok(await guide.get('/erasures')).items,
      ([seen]) => expect(seen).toMatchObject({ person: 'ming', status: 'complete', missing: [] }),
    )
    expect(done.approvedBy).toEqual(['guide', 'guide-2'])
    for (const service of ['activities', 'volunteers', 'membership']) expect(await secrets(service)).toEqual({ keys: 0, texts: 0 })
    expect(collegium.logged.length).toBeGreaterThan(20)
    expect(await found()).toEqual([])

    expect((await mine.get('/people/ming')).status).toBe(401)
    await expect(collegium.signIn(account)).rejects.toThrow('401')
    expect(ok(await guide.get('/people/ming'))).toMatchObject({ name: null, number: null })
    const secretary = await as('secretary')
    expect(ok(await secretary.get(`/meetings/${scene.made.meeting}/history`)).items.at(-1).data).toMatchObject({ person: 'ming', reason: null })
    expect(ok(await guide.get('/people/ming/file/readers')).items.map((each: any) => each.reason)).toEqual(Array(10).fill(null))
  })

  it('[PL-06] [PL-12] leaves the log sound: the verifier finds nothing wrong, and tells who was erased and who has confirmed', async () => {
    const policy = join(collegium.logFolder, 'policy')
    const verified = await eventually(
      async () => verifier('verify', collegium.logFolder, '--policy', policy),
      (seen) => expect(seen.stdout).toContain('Sound'),
      30,
    )
    expect(verified.status, verified.stdout + verified.stderr).toBe(0)
    const told = await eventually(
      async () => verifier('erasures', collegium.logFolder, '--policy', policy),
      (seen) => expect(seen.status, seen.stdout + seen.stderr).toBe(0),
      30,
    )
    for (const text of ['ming', 'guide', 'guide-2', 'volunteers']) expect(told.stdout).toContain(text)
  })

  it('[PL-12] is taken up again by nobody: not registered, not given an account, nothing personal stored', async () => {
    const [operator, host] = [await as('operator'), await as('host')]
    refused(await operator.post('/people', ming), 410, 'person-erased')
    expect((await operator.post('/accounts', { account: 'ming', person: 'ming', home: 'north', password: collegium.password })).status).toBe(422)
    const [from, to] = [daysAgo(3), daysAgo(2.9)]
    const { id } = ok(
      await host.post(
        '/shifts',
        { unit: 'north-su-tea', title: { en: 'A', zh: '岗' }, category: 'community', place: 'Hall', from, to, seats: 2 },
        occurred(daysAgo(4)),
      ),
    )
    refused(await host.post('/stints', { shift: id, person: 'ming', from, to, reason: 'again', evidence: ['a list'] }), 410, 'person-erased')
    expect((await operator.post('/erasures', { person: 'ming', basis: 'objection' })).status).toBe(409)
  })

  it('[PL-12] does not come back with a backup from before', async () => {
    await collegium.whileDown(async () => {
      const admin = new pg.Client({ connectionString: postgresUrl() })
      await admin.connect()
      for (const service of ['activities', 'volunteers', 'gateway']) {
        await admin.query(`drop database "${databaseOf(service, prefix)}" with (force)`)
        await admin.query(`create database "${databaseOf(service, prefix)}" template "backup_${prefix}_${service}"`)
      }
      await admin.end()
      // Membership knows of the erasure by its own facts; tables of it come back.
      const before = await connected(`backup_${prefix}_membership`)
      const keys = (await before.query("select key_id, wrapped from person_keys where person = 'ming'")).rows
      const texts = (await before.query('select shard, position, sealed from events where sealed is not null')).rows
      await before.end()
      const now = await connected(databaseOf('membership', prefix))
      for (const { key_id, wrapped } of keys) await now.query('update person_keys set wrapped = $2, destroyed_at = null where key_id = $1', [key_id, wrapped])
      await now.query('alter table events disable trigger all')
      for (const { shard, position, sealed } of texts)
        await now.query('update events set sealed = $3 where shard = $1 and position = $2', [shard, position, sealed])
      await now.query('alter table events enable trigger all')
      const [shown] = (await now.query("select schema from views where name = 'people' and state = 'active'")).rows
      await now.query(`update "${shown.schema}".person set name = $1, number = $2 where person = 'ming'`, [ming.name, ming.number])
      await now.end()
      expect(await secrets('membership')).toEqual({ keys: 1, texts: 11 })
      expect(await secrets('activities')).toEqual({ keys: 1, texts: 20 })
      expect(await found()).not.toEqual([])
    })
    await eventually(
      () => found(),
      (seen) => expect(seen).toEqual([]),
    )
    // Ciphertexts are no texts: that the last text is gone does not tell that every service has destroyed its keys.
    for (const service of ['activities', 'volunteers', 'membership'])
      await eventually(
        () => secrets(service),
        (seen) => expect(seen).toEqual({ keys: 0, texts: 0 }),
      )
  })
})
