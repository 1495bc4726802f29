import Type from 'typebox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aggregate, commandsOf, type EventOf, event } from '../aggregate.ts'
import { Line } from '../schema.ts'
import { service } from '../service.ts'
import { eventually } from '../testing/eventually.ts'
import { organization } from '../testing/organization.ts'
import { operator, type RunningServices, runServices } from '../testing/running.ts'
import { put, view, when } from '../view.ts'
import { standsStill } from './health.ts'

const noteWritten = event('notes.note-written.v1', Type.Object({ text: Line }))
type Note = { status: 'unknown' } | { status: 'written' }
const command = commandsOf<Note, EventOf<typeof noteWritten>>()
const writeNote = command({
  route: 'POST /notes',
  permission: 'notes:write',
  input: Type.Object({ unit: Type.String(), text: Line }),
  decide: (_note, { text }) => [{ type: 'notes.note-written.v1', data: { text } }],
})
const note = aggregate<Note, EventOf<typeof noteWritten>>({
  name: 'note',
  path: '/notes',
  read: 'notes:read',
  events: [noteWritten],
  initial: () => ({ status: 'unknown' }),
  evolve: () => ({ status: 'written' }),
  commands: { writeNote },
})
let broken = true
const newest = view({
  name: 'newest',
  version: 1,
  tables: { note: { columns: { id: 'text', text: 'text' }, key: ['id'] } },
  on: [
    when(noteWritten, (fact) => {
      if (fact.data.text === 'poison' && broken) throw new Error('cannot be shown')
      return [put('note', { id: fact.stream, text: fact.data.text })]
    }),
  ],
})
const notes = service({ name: 'notes', aggregates: [note], views: [newest], reactions: [], deadlines: [], ask: () => ({}) })

let running: RunningServices
beforeAll(async () => {
  running = await runServices([notes], {
    organization: organization({ units: { fed: null }, kinds: { watcher: ['operations:read'] }, posts: ['p-watcher watcher fed'] }),
  })
})
afterAll(() => running?.stop())

const ask = (method: 'GET' | 'POST', path: string, body?: object, as = operator) => running.send(as, 'notes', method, `/notes-consumers${path}`, body)
const write = (text: string) => running.send(operator, 'notes', 'POST', '/notes', { unit: 'fed', text })
const health = async () => (await ask('GET', '/health')).body

it('tells how the service is, to those who may look; acting needs more', async () => {
  await write('first')
  // A machine that has much to do beside this is slow itself for a moment.
  await eventually(async () =>
    expect(await health()).toMatchObject({
      service: 'notes',
      slow: [],
      relay: null,
      parkedStreams: 0,
      postgres: { answersMs: expect.any(Number), waiting: 0 },
    }),
  )
  expect((await ask('GET', '')).body.items).toContainEqual(expect.objectContaining({ standingSeconds: 0, standsStill: false, error: null }))
  expect((await ask('GET', '/health', undefined, { person: 'p-watcher' })).status).toBe(200)
  expect((await ask('GET', '/health', undefined, { person: 'p-nobody' })).status).toBe(403)
  expect((await ask('POST', '/views/newest/rebuild', undefined, { person: 'p-watcher' })).body).toMatchObject({ params: { permission: 'operations:act' } })
})

it('calls a consumer still when it has not moved for half a minute', () => {
  expect([0, 29, 30, 300].map((standingSeconds) => standsStill({ standingSeconds }))).toEqual([false, false, true, true])
})

it('builds a view anew with progress, and shows a held build only when somebody says so', async () => {
  const { body } = await ask('POST', '/views/newest/rebuild?held=true')
  const build = async () => (await health()).builds.find((each: { schema: string }) => each.schema === body.schema)
  await eventually(async () => expect(await build()).toMatchObject({ view: 'newest', state: 'building', held: true, handled: 1, known: 1 }))
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect(await build()).toMatchObject({ state: 'building', held: true })
  expect((await ask('POST', '/views/newest/flip', { schema: 'view_of_nobody' })).status).toBe(404)
  expect((await ask('POST', '/views/newest/flip', { schema: body.schema })).status).toBe(202)
  await eventually(async () => expect(await build()).toMatchObject({ state: 'active', held: false }))
  expect((await health()).builds.map((each: { state: string }) => each.state).sort()).toEqual(['active', 'retired'])
})

it('shows what is parked, and what a retry or a skip with a reason made of it', async () => {
  await write('poison')
  const parked = async () => (await ask('GET', '/parked')).body.items
  const [waiting] = await eventually(parked, (items) => items.length === 1)
  expect(waiting).toMatchObject({ error: 'Error: cannot be shown', tries: 3 })
  await eventually(async () => expect(await health()).toMatchObject({ parkedStreams: 1 }))
  const at = { consumer: waiting.consumer, service: waiting.service, stream: waiting.stream }
  expect((await ask('POST', '/parked/retry', at)).body).toEqual({ left: 1 })
  broken = false
  expect((await ask('POST', '/parked/retry', at)).body).toEqual({ left: 0 })
  await eventually(async () => expect(await health()).toMatchObject({ parkedStreams: 0 }))
})

it('says that Postgres is slow while it is, and answers all the same', async () => {
  const held = await Promise.all(Array.from({ length: 8 }, () => running.pool('notes').connect()))
  const asking = ask('GET', '/health')
  await new Promise((resolve) => setTimeout(resolve, 100))
  const told = await running.app('notes').inject({ url: '/notes-consumers/health', headers: { authorization: `Bearer ${running.token({ operator: true })}` } })
  expect(told.json()).toMatchObject({ slow: expect.arrayContaining(['postgres']), postgres: { answersMs: null } })
  for (const client of held) client.release()
  await asking
  await eventually(async () => expect((await health()).slow).toEqual([]))
})
