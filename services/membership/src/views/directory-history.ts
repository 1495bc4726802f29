import { patch, put, view, when } from '@collegium/shared/view.ts'
import { postLeft, postTaken } from '../events.ts'

/** Who held which post on a day, as it was known on another day: each row is what was believed from one recording to the next. */
export const directoryHistory = view({
  name: 'directory-history',
  version: 1,
  tables: {
    belief: {
      columns: {
        holding: 'text',
        belief: 'int',
        person: 'text',
        kind: 'text',
        unit: 'text',
        since: 'text',
        until: 'text',
        citation: 'text',
        recorded_from: 'text',
        recorded_until: 'text',
      },
      key: ['holding', 'belief'],
      indexes: ['(unit, since)', '(person)'],
    },
  },
  on: [
    when(postTaken, ({ recorded, data: { holding, person, kind, unit, from, until, citation } }) => [
      put('belief', { holding, belief: 1, person, kind, unit, since: from, until, citation, recorded_from: recorded, recorded_until: null }),
    ]),
    when(postLeft, ({ recorded, data: { holding, person, kind, unit, from, until, citation } }) => [
      patch('belief', { holding, belief: 1 }, { recorded_until: recorded }),
      put('belief', { holding, belief: 2, person, kind, unit, since: from, until, citation, recorded_from: recorded, recorded_until: null }),
    ]),
  ],
})
