import { aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { Id } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import { type PeopleExportEvent, peopleExportFinished, peopleExportOrdered } from './events.ts'

/** A list of people that left the house, on record before its first row did: who took it, of which unit, how many. */

export type PeopleExportState = { status: 'unknown' } | { status: 'ordered' | 'finished'; unit: string; format: 'csv' | 'xlsx'; rows: number | null }

const evolve = (state: PeopleExportState, event: PeopleExportEvent): PeopleExportState => {
  if (event.type === 'membership.people-export-ordered.v1') return { status: 'ordered', unit: event.data.unit, format: event.data.format, rows: null }
  return state.status === 'unknown' ? state : { ...state, status: 'finished', rows: event.data.rows }
}

const command = commandsOf<PeopleExportState, PeopleExportEvent>()

export const orderPeopleExport = command({
  route: 'POST /people/exports',
  permission: 'people:export',
  input: Type.Object({ unit: Id, format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]) }),
  decide: (state, { unit, format }, { id }) =>
    state.status === 'unknown' ? [{ type: 'membership.people-export-ordered.v1', data: { export: id, unit, format } }] : [],
})

export const finishPeopleExport = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ rows: Type.Integer() }),
  decide: (state, { rows }, { id }) => (state.status === 'ordered' ? [{ type: 'membership.people-export-finished.v1', data: { export: id, rows } }] : []),
})

export const peopleExport = aggregate<PeopleExportState, PeopleExportEvent>({
  name: 'people-export',
  path: '/people/exports',
  read: 'people:export',
  events: [peopleExportOrdered, peopleExportFinished],
  initial: () => ({ status: 'unknown' }),
  evolve,
  commands: { orderPeopleExport, finishPeopleExport },
})
