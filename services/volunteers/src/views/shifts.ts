import { patch, put, view, when } from '@collegium/shared/view.ts'
import * as facts from '../events.ts'

/** Every shift, and who has signed up for which. */
export const shifts = view({
  name: 'shifts',
  version: 1,
  tables: {
    shift: {
      columns: {
        id: 'text',
        unit: 'text',
        activity: 'text',
        title: 'jsonb',
        category: 'text',
        place: 'text',
        starts_at: 'text',
        ends_at: 'text',
        seats: 'int',
        status: 'text',
      },
      key: ['id'],
      indexes: ['(starts_at, id)', '(activity)'],
    },
    sign_up: { columns: { shift: 'text', person: 'text', status: 'text', since: 'text' }, key: ['shift', 'person'], indexes: ['(person)'] },
  },
  on: [
    when(facts.shiftOpened, ({ data, unit }) => [
      put('shift', {
        id: data.shift,
        unit,
        activity: data.activity,
        title: data.title,
        category: data.category,
        place: data.place,
        starts_at: data.from,
        ends_at: data.to,
        seats: data.seats,
        status: 'open',
      }),
    ]),
    when(facts.shiftClosed, ({ data }) => [patch('shift', { id: data.shift }, { status: 'closed' })]),
    when(facts.signedUp, ({ data, occurred }) => [put('sign_up', { shift: data.shift, person: data.person, status: 'seated', since: occurred })]),
    when(facts.putOnWaitlist, ({ data, occurred }) => [put('sign_up', { shift: data.shift, person: data.person, status: 'waiting', since: occurred })]),
    when(facts.movedUp, ({ data, occurred }) => [patch('sign_up', { shift: data.shift, person: data.person }, { status: 'seated', since: occurred })]),
    when(facts.signUpWithdrawn, ({ data, occurred }) => [patch('sign_up', { shift: data.shift, person: data.person }, { status: 'left', since: occurred })]),
  ],
})
