import { aggregate, commandsOf, event } from '@collegium/shared/aggregate.ts'
import { service } from '@collegium/shared/service.ts'
import { organization } from '@collegium/shared/testing/organization.ts'
import { type As, operator, type RunningServices, runServices } from '@collegium/shared/testing/running.ts'
import Type from 'typebox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { audit } from '../app.ts'
import { wholeLog } from '../testing/log.ts'

const opened = event('activities.club-opened.v1', Type.Object({ title: Type.String() }))
type State = { status: 'none' | 'open'; title: string }
const command = commandsOf<State, { type: string; data: { title: string } }>()
const decide = (_state: State, { title }: { title: string }) => [{ type: opened.type, data: { title } }]
const clubs = aggregate<State, any>({
  name: 'club',
  path: '/clubs',
  read: 'activities:read',
  events: [opened],
  initial: () => ({ status: 'none', title: '' }),
  evolve: (_state, { data }) => ({ status: 'open', title: data.title }),
  commands: {
    openClub: command({
      route: 'POST /clubs',
      permission: 'activities:propose',
      input: Type.Object({ unit: Type.String(), title: Type.String() }),
      decide,
    }),
    renameClub: command({ route: 'PUT /clubs/:id', permission: 'activities:propose', input: Type.Object({ title: Type.String() }), decide }),
  },
})
const owner = service({ name: 'activities', aggregates: [clubs], views: [], reactions: [], deadlines: [], ask: () => ({}) })

let house: RunningServices
beforeAll(async () => {
  house = await runServices([audit, owner], {
    organization: organization({
      units: { fed: null, north: 'fed' },
      kinds: { head: ['activities:*'], auditor: ['trail:read'] },
      posts: ['li head north', 'qi auditor fed'],
    }),
  })
})
afterAll(() => house?.stop())

const state = async () => (await house.app('audit').inject({ url: '/audit/state.json' })).json().logs[0]
const check = async (receipt: string) => (await house.send(null, 'audit', 'POST', '/receipts/check', { receipt })).body
const li = (method: 'POST' | 'PUT', url: string, body: object) => house.send({ person: 'li' }, 'activities', method, url, body)
const resume = (as: As, source: string, body: object = { reason: 'Restored from the night before' }) =>
  house.send(as, 'audit', 'POST', `/stopped-sources/${source}/resumption`, body)
const sourceOf = (position: string): string => position.slice(0, position.lastIndexOf('/'))

it('[PL-06] a source stands still where a history was changed, shows it, and goes on when it is mended and an operator says so', async () => {
  const { body: club } = await li('POST', '/clubs', { unit: 'north', title: 'Go' })
  await expect.poll(() => check(club.receipt), { timeout: 10_000 }).toMatchObject({ state: 'merged' })

  // Somebody has a way into the table: the club's next fact stands there as its ninth.
  const pool = house.pool('activities')
  await pool.query(`create function meddle() returns trigger language plpgsql as $$ begin
      new.bytes := replace(new.bytes, '"version":2', '"version":9'); return new; end $$;
    create trigger meddle before insert on events for each row execute function meddle()`)
  const { body: renamed } = await li('PUT', `/clubs/${club.id}`, { title: 'Chess' })
  const source = sourceOf(renamed.position)
  await expect
    .poll(async () => (await state()).stopped, { timeout: 10_000 })
    .toEqual([
      {
        service: 'activities',
        shard: Number(source.split('/')[1]),
        position: Number(renamed.position.split('/')[2]),
        fault: expect.stringContaining('version 9 after 1'),
      },
    ])

  // Its other facts wait; those of other sources do not.
  const others: { receipt: string; position: string }[] = []
  const isWaiting = ({ position }: { position: string }): boolean => sourceOf(position) === source
  while (!others.some(isWaiting) || others.every(isWaiting)) others.push((await li('POST', '/clubs', { unit: 'north', title: `Club ${others.length}` })).body)
  const [waiting, passing] = [others.filter(isWaiting), others.filter((each) => !isWaiting(each))]
  for (const { receipt } of passing) await expect.poll(() => check(receipt), { timeout: 10_000 }).toMatchObject({ state: 'merged' })
  expect(await check(waiting[0]?.receipt as string)).toMatchObject({ state: 'waiting' })

  expect((await resume({ person: 'qi' }, source)).status).toBe(403)
  expect((await resume(operator, source, {})).status).toBe(400)
  expect(await resume(operator, source)).toMatchObject({ status: 409, body: { code: 'source-broken', detail: expect.stringContaining('version 9 after 1') } })
  expect((await resume(operator, 'activities/77')).body).toMatchObject({ status: 409, code: 'source-runs' })
  const before = (await state()).size
  expect((await state()).stopped).toHaveLength(1)

  await pool.query(`drop trigger meddle on events; update events set bytes = replace(bytes, '"version":9', '"version":2')`)
  const resumed = await resume(operator, source)
  expect(resumed).toMatchObject({ status: 200, body: { from: Number(renamed.position.split('/')[2]), facts: waiting.length + 1, receipt: expect.any(String) } })
  await expect.poll(async () => (await state()).stopped, { timeout: 10_000 }).toEqual([])
  for (const receipt of [renamed.receipt, ...waiting.map((each) => each.receipt), resumed.body.receipt])
    await expect.poll(() => check(receipt), { timeout: 10_000 }).toMatchObject({ state: 'merged' })
  expect((await state()).size).toBeGreaterThan(before)
  expect((await resume(operator, source)).body).toMatchObject({ code: 'source-runs' })

  // On record: by whom, why, and what had been wrong. And the log is whole.
  const [fact] = await house.facts('audit', `stopped-source-${source.replace('/', '.')}`)
  expect(fact).toMatchObject({
    type: 'audit.source-resumed.v1',
    reason: 'Restored from the night before',
    actor: { system: 'audit.repair' },
    data: { service: 'activities', facts: waiting.length + 1, fault: expect.stringContaining('version 9 after 1') },
  })
  const readPublic = async (path: string): Promise<Uint8Array | null> => {
    const answer = await house.app('audit').inject({ url: `/audit/events/${path}` })
    return answer.statusCode === 200 ? answer.rawPayload : null
  }
  const keys = (await house.app('audit').inject({ url: '/audit/keys.json' })).json()
  const mine = (await wholeLog(readPublic, keys.logs[0])).entries.filter(({ source: from, stream }) => from === 'activities' && stream === `club-${club.id}`)
  expect(mine.map(({ version }) => version)).toEqual(['1', '2'])
})
