import { put, view, when } from '@collegium/shared/view.ts'
import { personErased, personRegistered } from '../events.ts'

/**
 * Who belongs to which campus. `name` and `number` are personal data, here because membership alone answers for them; an erasure
 * makes both null, and the person is in no list any more. Apart, because that fact may be handled before the registration.
 */
export const people = view({
  name: 'people',
  version: 2,
  tables: {
    person: {
      columns: { person: 'text', name: 'text', number: 'text', campus: 'text', college: 'text' },
      key: ['person'],
      indexes: ['(campus, person)', '(number)'],
    },
    erased: { columns: { person: 'text', at: 'text' }, key: ['person'] },
  },
  on: [
    when(personRegistered, ({ data: { person, name, number, campus, college } }) => [put('person', { person, name, number, campus, college })]),
    when(personErased, ({ occurred, data: { person } }) => [put('erased', { person, at: occurred })]),
  ],
  personal: { person: { person: 'person', clear: ['name', 'number'] } },
})
