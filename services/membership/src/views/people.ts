import { put, view, when } from '@collegium/shared/view.ts'
import { personRegistered } from '../events.ts'

/**
 * Who belongs to which campus. `name` and `number` are personal data, here because membership alone answers for them; an erasure
 * rebuilds this view, and both become null.
 */
export const people = view({
  name: 'people',
  version: 1,
  tables: {
    person: {
      columns: { person: 'text', name: 'text', number: 'text', campus: 'text', college: 'text' },
      key: ['person'],
      indexes: ['(campus, person)', '(number)'],
    },
  },
  on: [when(personRegistered, ({ data: { person, name, number, campus, college } }) => [put('person', { person, name, number, campus, college })])],
})
