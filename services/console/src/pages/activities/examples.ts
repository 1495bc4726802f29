import { type Examples, firstOf } from '../../frame/examples.ts'

export const examples: Examples = {
  '/activities': { as: 'president', to: '/activities' },
  '/activities?look=board': { as: 'president', to: '/activities?look=board' },
  '/activities?look=calendar': { as: 'president', to: '/activities?look=calendar' },
  '/activities/new': { as: 'study-head', to: '/activities/new' },
  '/activities/$activity': { as: 'president', to: async (read) => `/activities/${(await firstOf(read, '/activities?limit=1')).id}` },
}
