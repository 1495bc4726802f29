import Type from 'typebox'
import { aggregate, commandsOf, type EventOf, event } from '../../shared/src/aggregate.ts'
import { Id, Line } from '../../shared/src/schema.ts'
import { service } from '../../shared/src/service.ts'
import { add, put, view, when } from '../../shared/src/view.ts'

/** The smallest service there can be: one aggregate, one command, one view. What is measured on it is the kernel. */
const noted = event('bench.noted.v1', Type.Object({ title: Line, amount: Type.Integer() }))
type Note = { status: 'none' } | { status: 'noted'; title: string }
type NoteEvent = EventOf<typeof noted>
const command = commandsOf<Note, NoteEvent>()

const takeNote = command({
  route: 'POST /notes',
  permission: 'notes:take',
  input: Type.Object({ unit: Id, title: Line, amount: Type.Integer({ minimum: 0 }) }),
  decide: (note, { title, amount }) => (note.status === 'noted' ? [] : [{ type: 'bench.noted.v1', data: { title, amount } }]),
})

export const note = aggregate<Note, NoteEvent>({
  name: 'note',
  path: '/notes',
  read: 'notes:read',
  events: [noted],
  initial: () => ({ status: 'none' }),
  evolve: (_note, { data }) => ({ status: 'noted', title: data.title }),
  commands: { takeNote },
})

export const notes = view({
  name: 'notes',
  version: 1,
  tables: {
    note: { columns: { id: 'text', unit: 'text', title: 'text', amount: 'bigint', occurred: 'text' }, key: ['id'] },
    total: { columns: { unit: 'text', count: 'bigint', amount: 'bigint' }, key: ['unit'] },
  },
  on: [
    when(noted, (each) => [
      put('note', { id: each.stream, unit: each.unit, title: each.data.title, amount: each.data.amount, occurred: each.occurred }),
      add('total', { unit: each.unit }, { count: 1, amount: each.data.amount }),
    ]),
  ],
})

export const benchService = service({ name: 'bench', aggregates: [note], views: [notes], reactions: [], deadlines: [], ask: () => ({}) })
