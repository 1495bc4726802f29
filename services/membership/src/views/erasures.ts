import { patch, put, type RowOperation, view, when } from '@collegium/shared/view.ts'
import * as facts from '../events.ts'

const moved = (person: string, set: Record<string, unknown>): RowOperation => patch('erasure', { person }, set)

/** Requests for erasure, who approved them, and which services have not said yet that they are done. */
export const erasures = view({
  name: 'erasures',
  version: 1,
  tables: {
    erasure: {
      columns: {
        person: 'text',
        unit: 'text',
        status: 'text',
        basis: 'text',
        requested_by: 'text',
        requested: 'text',
        holds: 'jsonb',
        services: 'jsonb',
        due: 'text',
        erased: 'text',
      },
      key: ['person'],
      indexes: ['(unit, requested)', '(erased)'],
    },
    approval: { columns: { person: 'text', by: 'text', at: 'text' }, key: ['person', 'by'] },
    acknowledgement: { columns: { person: 'text', service: 'text', at: 'text' }, key: ['person', 'service'] },
  },
  on: [
    when(facts.erasureRequested, ({ occurred, data: { person, unit, basis, by } }) => [
      put('erasure', { person, unit, status: 'requested', basis, requested_by: by, requested: occurred, holds: [], services: [] }),
    ]),
    when(facts.erasureWithdrawn, ({ data: { person } }) => [moved(person, { status: 'withdrawn' })]),
    when(facts.erasureHeld, ({ data: { person, holds } }) => [moved(person, { status: 'held', holds })]),
    when(facts.erasureReleased, ({ data: { person } }) => [moved(person, { status: 'requested', holds: [] })]),
    when(facts.erasureApproved, ({ occurred, data: { person, by } }) => [
      moved(person, { status: 'requested', holds: [] }),
      put('approval', { person, by, at: occurred }),
    ]),
    when(facts.personErased, ({ occurred, data: { person, services, due } }) => [moved(person, { status: 'erased', services, due, erased: occurred })]),
    when(facts.erasureAcknowledged, ({ occurred, data: { person, service } }) => [put('acknowledgement', { person, service, at: occurred })]),
    when(facts.erasureCompleted, ({ data: { person } }) => [moved(person, { status: 'complete' })]),
  ],
})
