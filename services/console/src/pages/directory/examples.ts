import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/directory': { as: 'president', to: '/directory' },
  '/people/$person': { as: 'president', to: async (read) => `/people/${(await read('/directory?unit=pps-ppa-study&limit=1')).items[0].person}` },
}
