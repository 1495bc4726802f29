import { type Examples, firstOf } from '../../frame/examples.ts'

export const examples: Examples = {
  '/directory': { as: 'president', to: '/directory' },
  '/people/$person': { as: 'president', to: async (read) => `/people/${(await firstOf(read, '/directory?unit=pps-ppa-study&limit=1')).person}` },
}
