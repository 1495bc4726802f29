import { patch, put, view, when } from '@collegium/shared/view.ts'
import * as facts from '../events.ts'

/** Files that came in and lists that went out, by who sent or ordered them; `person` is empty for an operator who is nobody of the federation's people. */
export const files = view({
  name: 'files',
  version: 1,
  tables: {
    import: {
      columns: { id: 'text', person: 'text', at: 'text', rows: 'int', finished_at: 'text' },
      key: ['id'],
      indexes: ['(person, at, id)'],
    },
    export: {
      columns: { id: 'text', person: 'text', unit: 'text', format: 'text', at: 'text', rows: 'int', left_over: 'int', status: 'text' },
      key: ['id'],
      indexes: ['(person, at, id)'],
    },
  },
  on: [
    when(facts.importStarted, ({ actor, recorded, data }) => [
      put('import', { id: data.import, person: actor.person ?? '', at: recorded, rows: Object.values(data.rows).reduce((sum, each) => sum + each, 0) }),
    ]),
    when(facts.importFinished, ({ recorded, data }) => [patch('import', { id: data.import }, { finished_at: recorded })]),
    when(facts.peopleExportOrdered, ({ actor, recorded, data: { export: id, unit, format } }) => [
      put('export', { id, person: actor.person ?? '', unit, format, at: recorded, status: 'ordered' }),
    ]),
    when(facts.peopleExportAdvanced, ({ data }) => [patch('export', { id: data.export }, { left_over: data.left })]),
    when(facts.peopleExportFinished, ({ data }) => [patch('export', { id: data.export }, { rows: data.rows, left_over: 0, status: 'finished' })]),
    when(facts.peopleExportTaken, ({ data }) => [patch('export', { id: data.export }, { status: 'taken' })]),
  ],
})
