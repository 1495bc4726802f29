import { type Examples, firstOf } from '../../frame/examples.ts'

export const examples: Examples = {
  '/trail': { as: 'auditor', to: '/trail' },
  '/trail?person': { as: 'auditor', to: '/trail?person=nobody&from=2026-09-01' },
  '/trail?student': { as: 'student1', to: '/trail' },
  '/trail/$service/$stream/$version': {
    as: 'auditor',
    to: async (read) => {
      const fact = await firstOf(read, '/trail?service=activities&type=activities.activity-approved.v1&limit=1')
      return `/trail/${fact.service}/${encodeURIComponent(fact.stream)}/${fact.version}`
    },
  },
}
