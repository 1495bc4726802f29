import { Registry } from 'prom-client'
import Type from 'typebox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aggregate, commandsOf, type EventOf, event } from './aggregate.ts'
import { observeRelay } from './consume/metrics.ts'
import { Line } from './schema.ts'
import { service } from './service.ts'
import { eventually } from './testing/eventually.ts'
import { organization } from './testing/organization.ts'
import { operator, type RunningServices, runServices } from './testing/running.ts'
import { put, view, when } from './view.ts'

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
const newest = view({
  name: 'newest',
  version: 1,
  tables: { note: { columns: { id: 'text', text: 'text' }, key: ['id'] } },
  on: [
    when(noteWritten, (fact) => {
      if (fact.data.text === 'poison') throw new Error('cannot be shown')
      return [put('note', { id: fact.stream, text: fact.data.text })]
    }),
  ],
})
const notes = service({ name: 'notes', aggregates: [note], views: [newest], reactions: [], deadlines: [], ask: () => ({}) })

let running: RunningServices
beforeAll(async () => {
  running = await runServices([notes], { organization: organization({ units: { fed: null } }) })
})
afterAll(() => running?.stop())

const measured = async (): Promise<string> => (await running.send(null, 'notes', 'GET', '/metrics')).body
const write = (text: string) => running.send(operator, 'notes', 'POST', '/notes', { unit: 'fed', text })

it('/metrics tells how long answers took, by the pattern of their route, never by an id', async () => {
  const { body } = await write('first')
  await running.send(operator, 'notes', 'GET', `/notes/${body.id}`)
  await running.send(operator, 'notes', 'GET', '/notes/nobody-wrote-it')
  await running.send(operator, 'notes', 'GET', '/nowhere')
  const text = await measured()
  const answers = (method: string, route: string, status: number) =>
    `http_server_request_duration_seconds_count{service="notes",http_request_method="${method}",http_route="${route}",upstream="",http_response_status_code="${status}"} 1`
  expect(text).toContain(answers('POST', '/notes', 201))
  expect(text).toContain(answers('GET', '/notes/:id', 200))
  expect(text).toContain(answers('GET', '/notes/:id', 404))
  expect(text).toContain(answers('GET', 'unknown', 404))
  expect(text).not.toContain(body.id)
})

it('/metrics tells how far each consumer is behind, and how many streams are parked', async () => {
  await write('second')
  await eventually(async () => {
    const text = await measured()
    expect(text).toMatch(/collegium_consumer_lag_events\{service="notes",consumer="[^"]*newest[^"]*"\} 0/)
    expect(text).toMatch(/collegium_consumer_parked_streams\{service="notes",consumer="[^"]*newest[^"]*"\} 0/)
  })
  await write('poison')
  await eventually(async () => expect(await measured()).toMatch(/collegium_consumer_parked_streams\{service="notes",consumer="[^"]*newest[^"]*"\} 1/))
})

it('the relay of each shard tells what the log has not confirmed, and for how long; two services share one registry', async () => {
  const metrics = new Registry()
  const stop = observeRelay(metrics, 'notes', () => [{ shard: 3, unsent: 7, oldestSeconds: 1.5 }])
  observeRelay(metrics, 'diaries', () => [{ shard: 0, unsent: 0, oldestSeconds: 0 }])
  const text = await metrics.metrics()
  expect(text).toContain('collegium_relay_unsent_events{service="notes",shard="3"} 7')
  expect(text).toContain('collegium_relay_oldest_unsent_seconds{service="notes",shard="3"} 1.5')
  expect(text).toContain('collegium_relay_unsent_events{service="diaries",shard="0"} 0')
  stop()
  expect(await metrics.metrics()).not.toContain('service="notes"')
})
