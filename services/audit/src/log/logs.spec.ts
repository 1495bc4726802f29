import { chmodSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { aggregate, commandsOf, event } from '@collegium/shared/aggregate.ts'
import { noteVerifier, openNote } from '@collegium/shared/evidence/note.ts'
import { openReceipt } from '@collegium/shared/evidence/receipt.ts'
import { service } from '@collegium/shared/service.ts'
import { evidenceFolder, logName } from '@collegium/shared/testing/evidence.ts'
import { organization } from '@collegium/shared/testing/organization.ts'
import { type As, operator, type RunningServices, runServices } from '@collegium/shared/testing/running.ts'
import Type from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audit } from '../app.ts'
import { wholeLog } from '../testing/log.ts'
import { readLogSettings } from './settings.ts'

/** A service that this build of audit does not know the facts of. */
const opened = event('activities.club-opened.v1', Type.Object({ title: Type.String() }))
const closed = event('activities.club-closed.v1', Type.Object({ title: Type.String() }))
type State = { status: 'none' | 'open'; title: string }
const command = commandsOf<State, { type: string; data: { title: string } }>()
const clubs = aggregate<State, any>({
  name: 'club',
  path: '/clubs',
  read: 'activities:read',
  events: [opened, closed],
  initial: () => ({ status: 'none', title: '' }),
  evolve: (_state, { data }) => ({ status: 'open', title: data.title }),
  commands: {
    openClub: command({
      route: 'POST /clubs',
      permission: 'activities:propose',
      input: Type.Object({ unit: Type.String(), title: Type.String() }),
      decide: (_state, { title }) => [
        { type: opened.type, data: { title } },
        { type: closed.type, data: { title } },
      ],
    }),
    renameClub: command({
      route: 'PUT /clubs/:id',
      permission: 'activities:propose',
      input: Type.Object({ title: Type.String() }),
      decide: (state, { title }) => (state.title === title ? [] : [{ type: opened.type, data: { title } }]),
    }),
  },
})
const strange = service({ name: 'activities', aggregates: [clubs], views: [], reactions: [], deadlines: [], ask: () => ({}) })

let house: RunningServices
let began: string
beforeAll(async () => {
  began = new Date().toISOString()
  house = await runServices([audit, strange], {
    organization: organization({
      units: { fed: null, north: 'fed' },
      kinds: { head: ['activities:*'], auditor: ['trail:read'] },
      posts: ['li head north', 'qi auditor fed'],
    }),
  })
})
afterAll(() => house?.stop())

const keys = async (): Promise<{ logs: [string, string]; receipts: string }> => (await house.app('audit').inject({ url: '/audit/keys.json' })).json()
const readPublic = async (path: string): Promise<Uint8Array | null> => {
  const answer = await house.app('audit').inject({ url: `/audit/events/${path}` })
  return answer.statusCode === 200 ? answer.rawPayload : null
}
const publicLog = async () => wholeLog(readPublic, (await keys()).logs[0])
const check = async (receipt: string) => (await house.send(null, 'audit', 'POST', '/receipts/check', { receipt })).body

describe('the log of a running house', () => {
  it('[PL-06] keeps the promise of a receipt: the fact is merged, and a stranger finds it by the public files alone', async () => {
    const done = await house.send(
      { person: 'li' },
      'activities',
      'POST',
      '/clubs',
      { unit: 'north', title: 'Planted Title Zeta' },
      { 'idempotency-key': 'one' },
    )
    expect(done).toMatchObject({ status: 201, body: { events: 2 } })
    const { receipt, id } = done.body
    const { leaf, origin, accepted, mergeBy } = openReceipt(receipt, [noteVerifier((await keys()).receipts)])
    expect(origin).toBe(`${logName}/events`)
    expect(mergeBy - accepted).toBe(60)
    await expect.poll(() => check(receipt)).toMatchObject({ state: 'merged', leaf: Buffer.from(leaf).toString('base64') })
    const { entries, size } = await publicLog()
    const mine = entries.filter((entry) => entry.stream === `club-${id}`)
    expect(mine.map((entry) => [entry.type, entry.version, entry.actor, entry.post])).toEqual([
      ['activities.club-opened.v1', '1', 'li', 'head@north'],
      ['activities.club-closed.v1', '2', 'li', 'head@north'],
    ])
    const { index } = await check(receipt)
    expect(index).toBeLessThan(size)
    expect(entries[index]?.version).toBe('2')
  })

  it('answers a repeated command with the same receipt, and one that says nothing new with none', async () => {
    const send = (key: string, title: string) =>
      house.send({ person: 'li' }, 'activities', 'POST', '/clubs', { unit: 'north', title }, { 'idempotency-key': key })
    const [first, again] = [await send('two', 'Chess'), await send('two', 'Chess')]
    expect(again.body).toMatchObject({ events: 0, receipt: first.body.receipt })
    const rename = (title: string, key: string) =>
      house.send({ person: 'li' }, 'activities', 'PUT', `/clubs/${first.body.id}`, { title }, { 'idempotency-key': key })
    const renamed = await rename('Go', 'three')
    expect(renamed.body.receipt).not.toBe(first.body.receipt)
    const nothing = await rename('Go', 'four')
    expect(nothing.body).toMatchObject({ events: 0 })
    expect(nothing.body.receipt).toBeUndefined()
    // The first one's, although the stream has gone on.
    expect((await send('two', 'Chess')).body.receipt).toBe(first.body.receipt)
    for (const { body } of [first, renamed]) await expect.poll(() => check(body.receipt)).toMatchObject({ state: 'merged' })
  })

  it('tells a receipt that is waited for from one that is overdue, and refuses what was never signed here', async () => {
    const leaf = Buffer.alloc(32, 7).toString('base64')
    const ago = (seconds: number): Promise<string> => house.evidence.receipts.sign(leaf, new Date(Date.now() - seconds * 1_000).toISOString())
    expect(await check(await ago(5))).toMatchObject({ state: 'waiting', index: null })
    expect(await check(await ago(100))).toMatchObject({ state: 'overdue', index: null })
    expect(await check((await ago(5)).replace(leaf, Buffer.alloc(32, 8).toString('base64')))).toMatchObject({ status: 400, code: 'bad-receipt' })
    expect(await check(await evidenceFolder().receipts.sign(leaf, new Date().toISOString()))).toMatchObject({ status: 400, code: 'bad-receipt' })
  })

  it('shows facts of types that this build does not know in the trail too', async () => {
    const { body } = await house.send({ person: 'qi' }, 'audit', 'GET', '/trail?type=activities.club-closed.v1')
    expect(body.items.length).toBeGreaterThan(0)
  })

  it('beats once an hour, however often it starts, and goes on where it stopped', async () => {
    const beats = async () => {
      const months = new Set([began, house.now()].map((at) => at.slice(0, 7)))
      return (await Promise.all([...months].map((month) => house.facts('audit', `heartbeat-${month}`)))).flat()
    }
    await expect.poll(async () => (await beats()).length).toBeGreaterThan(0)
    const had = (await beats()).length
    const before = await publicLog()
    await house.restart()
    await house.send({ person: 'li' }, 'activities', 'POST', '/clubs', { unit: 'north', title: 'After' })
    const after = async () => {
      const log = await publicLog()
      return { ...log, more: log.size - before.size, hours: (await beats()).length - had }
    }
    // Where an hour began meanwhile, it has a beat of its own.
    await expect.poll(async () => ((found) => found.more - found.hours)(await after())).toBe(2)
    expect((await after()).entries.slice(0, before.size)).toEqual(before.entries)
    const hours = (await beats()).map(({ data }) => (data as { hour: string }).hour)
    expect(new Set(hours).size).toBe(hours.length)
    const [first, now] = [began, house.now()].map((at) => Math.floor(Date.parse(at) / 3_600_000)) as [number, number]
    expect(hours.length).toBeLessThanOrEqual(now - first + 1)
  })

  it('publishes what is cosigned as its policy wants, and serves full files for ever and the others shortly', async () => {
    await expect.poll(async () => (await readPublic('checkpoint')) !== null).toBe(true)
    const answer = await house.app('audit').inject({ url: '/audit/events/checkpoint' })
    expect(answer.headers).toMatchObject({ 'cache-control': 'public, max-age=1', 'access-control-allow-origin': '*' })
    expect(openNote(answer.body, [noteVerifier((await keys()).logs[0])]).signatures).toHaveLength(1)
    const { size } = await publicLog()
    const tile = await house.app('audit').inject({ url: `/audit/events/tile/0/000.p/${size}` })
    expect(tile.headers['cache-control']).toBe('public, max-age=60')
    expect((await house.app('audit').inject({ url: '/audit/policy' })).body).toContain('quorum none')
    expect((await house.app('audit').inject({ url: '/audit/state.json' })).json().logs[0]).toMatchObject({
      origin: `${logName}/events`,
      trouble: null,
      stopped: [],
    })
    for (const path of ['..%2fkeys%2faudit-events.key', 'events/.checkpoint.new', 'events/tile/0/0', 'events'])
      expect((await house.app('audit').inject({ url: `/audit/${path}` })).statusCode, path).toBe(404)
  })

  it('[PL-12] holds no name, number or title in any of its files', async () => {
    await house.send({ person: 'li' }, 'activities', 'POST', '/clubs', { unit: 'north', title: '张小明 2024010203 Planted' })
    const { size } = await publicLog()
    await expect.poll(async () => (await publicLog()).size).toBeGreaterThan(size)
    const files = readdirSync(house.evidence.folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
    expect(files.length).toBeGreaterThan(8)
    for (const file of files) {
      const bytes = readFileSync(join(file.parentPath, file.name))
      for (const planted of ['Planted', '张小明', '2024010203', 'Chess']) expect(bytes.includes(planted), `${planted} in ${file.name}`).toBe(false)
    }
  })

  it('lets nobody but an operator give a restored database its places again, and says what keeps it from that', async () => {
    const regain = (as: As, log: string) => house.send(as, 'audit', 'POST', '/log-places', { log })
    expect((await regain({ person: 'qi' }, 'events')).status).toBe(403)
    expect(await regain(operator, 'nothing')).toMatchObject({ status: 409, body: { code: 'log-refused' } })
    expect(await regain(operator, 'events')).toMatchObject({ status: 200, body: { regained: 0 } })
    const { rowCount } = await house.pool('audit').query(`delete from leaves where log = 'events' and index >= 2`)
    await expect.poll(async () => (await house.app('audit').inject({ url: '/audit/state.json' })).json().logs[0].trouble).toContain('restored')
    expect(await regain(operator, 'events')).toMatchObject({ status: 200, body: { regained: rowCount } })
    await expect.poll(async () => (await house.app('audit').inject({ url: '/audit/state.json' })).json().logs[0].trouble).toBeNull()
  })

  it('tells its metrics', async () => {
    const text = (await house.app('audit').inject({ url: '/metrics' })).body
    expect(text).toMatch(new RegExp(`collegium_log_entries\\{log="${logName}/events"\\} [1-9]`))
    expect(text).toMatch(new RegExp(`collegium_log_refused\\{log="${logName}/reads"\\} 0`))
    expect(text).toContain('collegium_log_unsequenced_seconds')
  })
})

it('does not start with a key that others can read, or that is another log’s', () => {
  const { settings, remove } = evidenceFolder()
  expect(readLogSettings(settings).policyText).toContain('quorum none')
  const key = join(settings.COLLEGIUM_AUDIT_KEYS, 'audit-events.key')
  chmodSync(key, 0o640)
  expect(() => readLogSettings(settings)).toThrow('can be read by others')
  chmodSync(key, 0o600)
  expect(() => readLogSettings({ ...settings, COLLEGIUM_LOG_NAME: 'another.example' })).toThrow('is the key of spec.local/events')
  remove()
})
