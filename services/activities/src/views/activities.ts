import { type AnyFact, idOf } from '@collegium/shared/aggregate.ts'
import { add, patch, put, type RowOperation, remove, view, when } from '@collegium/shared/view.ts'
import * as facts from '../events.ts'

const status = (event: AnyFact, to: string, more: Record<string, unknown> = {}): RowOperation[] => [
  patch('activity', { id: event.data.activity }, { status: to, version: event.version, ...more }),
]
const place = (event: AnyFact, state: 'registered' | 'waiting'): RowOperation =>
  put('place', { activity: event.data.activity, person: event.data.person, state, at: event.occurred, stream: event.stream, version: event.version })
const count = (event: AnyFact, amounts: Record<string, number>): RowOperation => add('count', { activity: event.data.activity }, amounts)
const present = (event: AnyFact): RowOperation[] => {
  const { activity, person, grade } = event.data
  return [put('presence', { activity, person, grade, at: event.occurred, stream: event.stream, version: event.version }), count(event, { attended: 1 })]
}

/**
 * Activities with everything that is counted about them. Enrolments and attendances are streams of their own, so counts stand in a table of
 * their own: they may be heard of before the activity.
 */
export const activities = view({
  name: 'activities',
  version: 1,
  tables: {
    activity: {
      columns: {
        id: 'text',
        unit: 'text',
        title: 'jsonb',
        kind: 'text',
        status: 'text',
        venue: 'text',
        starts_at: 'text',
        ends_at: 'text',
        capacity: 'integer',
        open_to: 'text',
        major: 'boolean',
        organizers: 'jsonb',
        budget: 'bigint',
        registration_until: 'text',
        held_at: 'text',
        stream: 'text',
        version: 'bigint',
      },
      key: ['id'],
      indexes: ['(unit, starts_at)', '(starts_at, id)'],
    },
    count: { columns: { activity: 'text', registered: 'integer', waiting: 'integer', attended: 'integer', spent: 'bigint' }, key: ['activity'] },
    place: {
      columns: { activity: 'text', person: 'text', state: 'text', at: 'text', stream: 'text', version: 'bigint' },
      key: ['activity', 'person'],
      indexes: ['(person)'],
    },
    presence: {
      columns: { activity: 'text', person: 'text', grade: 'text', at: 'text', stream: 'text', version: 'bigint' },
      key: ['activity', 'person'],
      indexes: ['(person)'],
    },
    spending: {
      columns: { activity: 'text', receipt: 'text', amount: 'bigint', at: 'text', stream: 'text', version: 'bigint' },
      key: ['activity', 'receipt'],
    },
  },
  on: [
    when(facts.activityProposed, (event) => {
      const { activity, title, kind, venue, startsAt, endsAt, capacity, openTo, major, organizers, budget } = event.data
      return [
        put('activity', {
          id: activity,
          unit: event.unit,
          title,
          kind,
          status: 'proposed',
          venue,
          starts_at: startsAt,
          ends_at: endsAt,
          capacity,
          open_to: openTo,
          major,
          organizers,
          budget,
          stream: event.stream,
          version: event.version,
        }),
      ]
    }),
    when(facts.activityPreReviewed, (event) => status(event, event.data.passed ? 'pre-reviewed' : 'rejected')),
    when(facts.activityApproved, (event) => status(event, 'approved')),
    when(facts.activityRejected, (event) => status(event, 'rejected')),
    when(facts.activityAnnounced, (event) => status(event, 'announced')),
    when(facts.registrationOpened, (event) => status(event, 'registering', { capacity: event.data.capacity, registration_until: event.data.until })),
    when(facts.activityHeld, (event) => status(event, 'held', { held_at: event.occurred })),
    when(facts.activityClosed, (event) => status(event, 'closed')),
    when(facts.activityCancelled, (event) => status(event, 'cancelled')),
    when(facts.budgetRaised, (event) => [patch('activity', { id: idOf(event) }, { budget: event.data.budget, version: event.version })]),
    when(facts.spendingRecorded, (event) => {
      const { activity, receipt, amount } = event.data
      const spending = put('spending', { activity, receipt, amount, at: event.occurred, stream: event.stream, version: event.version })
      return [spending, count(event, { spent: amount })]
    }),

    when(facts.registered, (event) => [place(event, 'registered'), count(event, { registered: 1 })]),
    when(facts.waitlisted, (event) => [place(event, 'waiting'), count(event, { waiting: 1 })]),
    when(facts.promoted, (event) => [place(event, 'registered'), count(event, { registered: 1, waiting: -1 })]),
    when(facts.registrationCancelled, (event) => [
      remove('place', { activity: event.data.activity, person: event.data.person }),
      count(event, { registered: -1 }),
    ]),
    when(facts.waitlistLeft, (event) => [remove('place', { activity: event.data.activity, person: event.data.person }), count(event, { waiting: -1 })]),
    when(facts.checkedIn, present),
    when(facts.checkedInWithProof, present),
  ],
})
