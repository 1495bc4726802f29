import Type from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aggregate, commandsOf, type EventOf, event } from '../aggregate.ts'
import { Id, Line, Personal, Text } from '../schema.ts'
import { service } from '../service.ts'
import { asking } from '../testing/asking.ts'
import { organization } from '../testing/organization.ts'
import { type As, type RunningServices, runServices } from '../testing/running.ts'

const opened = event('complaints.opened.v1', Type.Object({ person: Id, about: Line, text: Personal(Text) }))
const noted = event('complaints.noted.v1', Type.Object({ note: Line }))
type Complaint = { status: 'none' | 'open'; about: string; text: string | null; notes: string[] }
type Happened = EventOf<typeof opened> | EventOf<typeof noted>
const command = commandsOf<Complaint, Happened>()
const complaint = aggregate<Complaint, Happened>({
  name: 'complaint',
  path: '/complaints',
  read: 'complaints:read',
  events: [opened, noted],
  initial: () => ({ status: 'none', about: '', text: null, notes: [] }),
  evolve: (state, { type, data }) => {
    if (type === 'complaints.opened.v1') return { ...state, status: 'open', about: data.about, text: data.text }
    state.notes.push(data.note)
    return state
  },
  commands: {
    openComplaint: command({
      route: 'POST /complaints',
      permission: 'complaints:open',
      input: Type.Object({ unit: Id, about: Line, text: Text }),
      decide: (_, { about, text }, { actor }) => [{ type: 'complaints.opened.v1', data: { person: actor.person as string, about, text } }],
    }),
    noteComplaint: command({
      route: 'POST /complaints/:id/notes',
      permission: 'complaints:open',
      input: Type.Object({ note: Line }),
      decide: (_, { note }) => [{ type: 'complaints.noted.v1', data: { note } }],
    }),
  },
})
const complaints = service({ name: 'complaints', aggregates: [complaint], views: [], reactions: [], deadlines: [], ask: () => ({}) })

const made = organization({ units: { fed: null, pps: 'fed', gufe: 'fed' }, posts: ['li head pps', 'wu head gufe'], kinds: { head: ['complaints:*'] } })
const li = { person: 'li', home: 'pps' }
const wu = { person: 'wu', home: 'gufe' }

let running: RunningServices
let id: string
const positions: string[] = []
const { ok, read, send } = asking('complaints', () => running)
const difference = (from: string, to: string): string => `/complaints/${id}/difference?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`
const refused = async (as: As, url: string, status: number, code: string): Promise<void> =>
  expect(await send(as, 'GET', url)).toMatchObject({ status, body: { code } })
const pastHour = (): string => new Date(Date.parse(running.now()) - 3_600_000).toISOString()

beforeAll(async () => {
  running = await runServices([complaints], { organization: made })
  const first = await ok(li, '/complaints', { unit: 'pps', about: 'The heating', text: 'It is cold in room 12' })
  id = first.id
  positions.push(first.position)
  for (const note of ['called', 'mended']) positions.push((await ok(li, `/complaints/${id}/notes`, { note })).position)
})
afterAll(() => running?.stop())

describe('the difference between two moments of a record', () => {
  it('[PL-06] is told field by field, with the facts in between, by versions', async () => {
    const found = await read(li, difference('1', '3'))
    expect(found).toMatchObject({
      id,
      stream: `complaint-${id}`,
      from: { version: 1, state: { status: 'open', notes: [] } },
      to: { version: 3, state: { notes: ['called', 'mended'] } },
      changes: [
        { pointer: '/notes/0', new: 'called' },
        { pointer: '/notes/1', new: 'mended' },
      ],
    })
    expect(found.facts.map((fact: any) => [fact.version, fact.type, fact.position, fact.data, fact.actor.post])).toEqual([
      [2, 'complaints.noted.v1', positions[1], { note: 'called' }, { kind: 'head', unit: 'pps' }],
      [3, 'complaints.noted.v1', positions[2], { note: 'mended' }, { kind: 'head', unit: 'pps' }],
    ])
    expect((await read(li, difference('0', '1'))).changes).toContainEqual({ pointer: '/text', old: null, new: 'It is cold in room 12' })
  })

  it('[PL-06] is the same by positions and by times', async () => {
    const byVersion = await read(li, difference('1', '2'))
    expect(await read(li, difference(positions[0] as string, positions[1] as string))).toEqual(byVersion)
    const times = byVersion.facts.map((fact: any) => fact.occurred)
    expect((await read(li, difference(pastHour(), times[0]))).facts.map((fact: any) => fact.version)).toEqual([1, 2])
    expect(await read(li, difference('2', '2'))).toMatchObject({ changes: [], facts: [] })
  })

  it('[PL-06] refuses what is no moment, moments of elsewhere and moments in the wrong order', async () => {
    await refused(li, difference('yesterday', '2'), 400, 'invalid-input')
    await refused(li, difference('3', '2'), 400, 'moments-reversed')
    const [service, shard, position] = (positions[0] as string).split('/')
    await refused(li, difference('1', `${service}/${Number(shard) + 1}/${position}`), 400, 'moment-elsewhere')
    await refused(li, difference('1', `activities/${shard}/${position}`), 400, 'moment-elsewhere')
  })

  it('[PL-06] [PL-13] is shown to nobody who may not read the record', async () => {
    await refused(wu, difference('0', '3'), 403, 'forbidden')
    await refused(li, difference('0', '3').replace(id, 'nobody'), 404, 'unknown-id')
  })
})
