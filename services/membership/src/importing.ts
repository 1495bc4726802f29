import { aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { Id, Instant } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import { type ImportEvent, importAdvanced, importFinished, importStarted } from './events.ts'
import { reject } from './rejections.ts'

/** One file on its way in, on record. Its id comes from the file's bytes: the same file again continues, and never doubles. */

type Counts = Record<string, number>
export type ImportState = { status: 'unknown' } | { status: 'running' | 'finished'; digest: string; effective: string; rows: Counts; done: Counts }

const evolve = (state: ImportState, event: ImportEvent): ImportState => {
  if (event.type === 'membership.import-started.v1') {
    const { digest, effective, rows } = event.data
    return { status: 'running', digest, effective, rows, done: {} }
  }
  if (state.status === 'unknown') return state
  switch (event.type) {
    case 'membership.import-advanced.v1':
      return { ...state, done: { ...state.done, [event.data.section]: event.data.done } }
    case 'membership.import-finished.v1':
      return { ...state, status: 'finished', done: event.data.rows }
  }
}

const command = commandsOf<ImportState, ImportEvent>()
const Counts = Type.Record(Type.String(), Type.Integer())

export const startImport = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ unit: Id, digest: Type.String(), effective: Instant, rows: Counts }),
  decide: (state, { unit, digest, effective, rows }, { id }) =>
    state.status === 'unknown' ? [{ type: 'membership.import-started.v1', data: { import: id, federation: unit, digest, effective, rows } }] : [],
})

export const advanceImport = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ section: Type.String(), done: Type.Integer() }),
  decide: (state, { section, done }, { id }) => {
    if (state.status === 'unknown') throw reject('import-unknown', { import: id })
    if (state.status === 'finished' || (state.done[section] ?? 0) >= done) return []
    return [{ type: 'membership.import-advanced.v1', data: { import: id, section, done } }]
  },
})

export const finishImport = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({}),
  decide: (state, _input, { id }) => {
    if (state.status === 'unknown') throw reject('import-unknown', { import: id })
    return state.status === 'finished' ? [] : [{ type: 'membership.import-finished.v1', data: { import: id, rows: state.rows } }]
  },
})

export const importing = aggregate<ImportState, ImportEvent>({
  name: 'import',
  path: '/imports',
  read: 'federation:import',
  events: [importStarted, importAdvanced, importFinished],
  initial: () => ({ status: 'unknown' }),
  evolve,
  commands: { startImport, advanceImport, finishImport },
})
