import { type Examples, firstOf } from '../../frame/examples.ts'

export const examples: Examples = {
  '/trail': { as: 'auditor', to: '/trail' },
  '/trail/$service/$stream/$version': {
    as: 'auditor',
    to: async (read) => {
      const fact = await firstOf(read, '/trail?service=activities&limit=1')
      return `/trail/${fact.service}/${encodeURIComponent(fact.stream)}/${fact.version}`
    },
  },
}
