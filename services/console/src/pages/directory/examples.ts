import { type Examples, firstOf } from '../../frame/examples.ts'

export const examples: Examples = {
  '/directory': { as: 'president', to: '/directory' },
  '/directory?q': { as: 'president', to: '/directory?q=zhou' },
  '/people/$person': { as: 'president', to: async (read) => `/people/${(await firstOf(read, '/directory?unit=pps-ppa-study&limit=1')).person}` },
  // Of whom one may not read, what the directory tells everybody.
  '/people/$person?student': { as: 'student1', to: async (read) => `/people/${(await firstOf(read, '/directory?unit=pps-ppa-study&limit=1')).person}` },
}
