import { put, view, when } from '@collegium/shared/view.ts'
import { personErased, personRegistered } from '../events.ts'
import { personTerms, pinyinOf } from '../name-terms.ts'

/**
 * Who belongs to which campus. `name` and `number` are personal data, here because membership alone answers for them, and so is what they are
 * found by; an erasure makes all of it null, and the person is in no list any more. Apart, because that fact may be handled before the registration.
 */
export const people = view({
  name: 'people',
  version: 3,
  tables: {
    person: {
      columns: { person: 'text', name: 'text', number: 'text', campus: 'text', college: 'text', pinyin: 'text', terms: 'text[]' },
      key: ['person'],
      indexes: ['(campus, person)', '(number)', 'using gin (terms)'],
    },
    erased: { columns: { person: 'text', at: 'text' }, key: ['person'] },
  },
  on: [
    when(personRegistered, ({ data: { person, name, number, campus, college } }) => {
      const pinyin = name === null ? null : pinyinOf(name)
      return [put('person', { person, name, number, campus, college, pinyin, terms: personTerms(name, number, pinyin) })]
    }),
    when(personErased, ({ occurred, data: { person } }) => [put('erased', { person, at: occurred })]),
  ],
  personal: { person: { person: 'person', clear: ['name', 'number', 'pinyin', 'terms'] } },
})
