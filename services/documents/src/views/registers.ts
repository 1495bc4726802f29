import { put, view, when } from '@collegium/shared/view.ts'
import * as facts from '../events.ts'

/** Every number that was ever given; void ones with their ground. The last number of a register is its highest. */
export const registers = view({
  name: 'registers',
  version: 1,
  tables: {
    number: {
      columns: { register: 'text', number: 'integer', issuer: 'text', kind: 'text', year: 'integer', document: 'text', label: 'text', at: 'text' },
      key: ['register', 'number'],
      indexes: ['(issuer, year)'],
    },
    void: {
      columns: { register: 'text', number: 'integer', document: 'text', ground: 'text', at: 'text' },
      key: ['register', 'number'],
      indexes: ['(document)'],
    },
  },
  on: [
    when(facts.numberAssigned, (event) => {
      const { register, number, issuer, kind, year, document, label } = event.data
      return [put('number', { register, number, issuer, kind, year, document, label, at: event.occurred })]
    }),
    when(facts.numberVoided, (event) => {
      const { register, number, document, ground } = event.data
      return [put('void', { register, number, document, ground, at: event.occurred })]
    }),
  ],
})
