import { idOf, type Recorded } from '@collegium/shared/aggregate.ts'
import { add, patch, put, type RowOperation, view, when } from '@collegium/shared/view.ts'
import * as facts from '../events.ts'

/** Appointments under way and done, for lists by state and unit. */

const moved = (event: Recorded, set: Record<string, unknown>): RowOperation =>
  patch('appointment', { appointment: idOf(event) }, { ...set, changed: event.recorded })

const askedBy = (event: Recorded, asked: 'proposed' | 'objected'): RowOperation[] =>
  event.actor.person === null ? [] : [put('asker', { appointment: idOf(event), person: event.actor.person, asked })]

export const appointments = view({
  name: 'appointments',
  version: 4,
  tables: {
    appointment: {
      columns: {
        appointment: 'text',
        status: 'text',
        person: 'text',
        kind: 'text',
        unit: 'text',
        since: 'text',
        until: 'text',
        citation: 'text',
        standing: 'float8',
        grounds: 'jsonb',
        notice_until: 'text',
        notice_days: 'float8',
        effect: 'text',
        changed: 'text',
      },
      key: ['appointment'],
      indexes: ['(unit, status)'],
    },
    /** Cases that began here with a proposal; an office that a file recorded has none. */
    proposal: { columns: { appointment: 'text' }, key: ['appointment'] },
    /** Who asked for something in a case: by proposing it, or by objecting. */
    asker: { columns: { appointment: 'text', person: 'text', asked: 'text' }, key: ['appointment', 'person'], indexes: ['(person)'] },
    objections: { columns: { appointment: 'text', filed: 'int', open: 'int' }, key: ['appointment'] },
    /** Each objection that a person filed, and the answer to it. */
    objection: {
      columns: { appointment: 'text', objection: 'text', person: 'text', filed_at: 'text', settled_at: 'text', upheld: 'boolean', answer: 'text' },
      key: ['appointment', 'objection'],
      indexes: ['(person, filed_at)'],
    },
  },
  on: [
    when(facts.appointmentProposed, (event) => {
      const { appointment, person, kind, unit, from, until, citation } = event.data
      return [
        put('appointment', { appointment, status: 'proposed', person, kind, unit, since: from, until, citation, changed: event.recorded }),
        put('proposal', { appointment }),
        ...askedBy(event, 'proposed'),
      ]
    }),
    when(facts.appointmentRecommended, (event) => [moved(event, { status: 'recommended' })]),
    when(facts.appointmentFoundEligible, (event) => [moved(event, { standing: event.data.standing, grounds: null })]),
    when(facts.appointmentFoundIneligible, (event) => [moved(event, { status: 'ineligible', standing: event.data.standing, grounds: event.data.grounds })]),
    when(facts.noticeOpened, (event) => [
      moved(event, { status: 'notice', notice_until: event.data.until, notice_days: event.data.days, effect: event.data.effect }),
    ]),
    when(facts.objectionFiled, (event) => {
      const { appointment, objection, by } = event.data
      return [
        add('objections', { appointment }, { filed: 1, open: 1 }),
        put('objection', { appointment, objection, person: by, filed_at: event.occurred }),
        ...askedBy(event, 'objected'),
      ]
    }),
    when(facts.objectionSettled, (event) => [
      add('objections', { appointment: idOf(event) }, { open: -1 }),
      patch(
        'objection',
        { appointment: idOf(event), objection: event.data.objection },
        { settled_at: event.occurred, upheld: event.data.upheld, answer: event.data.ground },
      ),
      ...(event.data.effect === null ? [] : [moved(event, { effect: event.data.effect })]),
    ]),
    when(facts.appointmentWithdrawn, (event) => [moved(event, { status: 'withdrawn' })]),
    when(facts.postTaken, (event) => {
      const { holding, person, kind, unit, from, until, citation } = event.data
      // An office that came from a file has no row yet; one that was proposed keeps nothing that this row lacks.
      return [put('appointment', { appointment: holding, status: 'held', person, kind, unit, since: from, until, citation, changed: event.recorded })]
    }),
    when(facts.postLeft, (event) => [moved(event, { status: 'left', until: event.data.until })]),
  ],
})
