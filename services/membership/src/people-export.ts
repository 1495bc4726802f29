import { aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { Id } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import { type PeopleExportEvent, peopleExportAdvanced, peopleExportFinished, peopleExportOrdered, peopleExportTaken } from './events.ts'
import { reject } from './rejections.ts'

/**
 * A list of people that left the house, on record before its first row did: who took it, of which unit, how many. It is fetched until it has
 * arrived whole, once: who wants a newer one orders it.
 */

type Known = { unit: string; format: 'csv' | 'xlsx'; rows: number | null; left: number | null }
export type PeopleExportState = { status: 'unknown' } | ({ status: 'ordered' | 'finished' | 'taken' } & Known)

const evolve = (state: PeopleExportState, event: PeopleExportEvent): PeopleExportState => {
  if (event.type === 'membership.people-export-ordered.v1')
    return { status: 'ordered', unit: event.data.unit, format: event.data.format, rows: null, left: null }
  if (state.status === 'unknown') return state
  switch (event.type) {
    case 'membership.people-export-advanced.v1':
      return { ...state, left: event.data.left }
    case 'membership.people-export-finished.v1':
      return { ...state, status: 'finished', rows: event.data.rows, left: 0 }
    case 'membership.people-export-taken.v1':
      return { ...state, status: 'taken' }
  }
}

const command = commandsOf<PeopleExportState, PeopleExportEvent>()

export const orderPeopleExport = command({
  route: 'POST /people/exports',
  permission: 'people:export',
  input: Type.Object({ unit: Id, format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]) }),
  decide: (state, { unit, format }, { id }) =>
    state.status === 'unknown' ? [{ type: 'membership.people-export-ordered.v1', data: { export: id, unit, format } }] : [],
})

export const advancePeopleExport = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ left: Type.Integer({ minimum: 0 }) }),
  decide: (state, { left }, { id }) =>
    state.status === 'ordered' && state.left !== left ? [{ type: 'membership.people-export-advanced.v1', data: { export: id, left } }] : [],
})

export const finishPeopleExport = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ rows: Type.Integer() }),
  decide: (state, { rows }, { id }) => (state.status === 'ordered' ? [{ type: 'membership.people-export-finished.v1', data: { export: id, rows } }] : []),
})

/** Said by whoever fetched it: the server cannot know what arrived. */
export const takePeopleExport = command({
  route: 'POST /people/exports/:id/arrival',
  permission: 'people:export',
  input: Type.Object({}),
  decide: (state, _input, { id }) => {
    if (state.status === 'taken') return []
    if (state.status !== 'finished') throw reject('export-not-sent', { export: id })
    return [{ type: 'membership.people-export-taken.v1', data: { export: id } }]
  },
})

export const peopleExport = aggregate<PeopleExportState, PeopleExportEvent>({
  name: 'people-export',
  path: '/people/exports',
  read: 'people:export',
  events: [peopleExportOrdered, peopleExportAdvanced, peopleExportFinished, peopleExportTaken],
  initial: () => ({ status: 'unknown' }),
  evolve,
  commands: { orderPeopleExport, advancePeopleExport, finishPeopleExport, takePeopleExport },
})
