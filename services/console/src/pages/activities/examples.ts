import { type Examples, firstOf } from '../../frame/examples.ts'

export const examples: Examples = {
  '/activities': { as: 'president', to: '/activities' },
  '/activities?look=board': { as: 'president', to: '/activities?look=board' },
  '/activities?look=calendar': { as: 'president', to: '/activities?look=calendar' },
  // Where nothing is.
  '/activities?status=rejected': { as: 'president', to: '/activities?status=rejected' },
  '/activities/new': { as: 'study-head', to: '/activities/new' },
  '/activities/$activity': { as: 'president', to: async (read) => `/activities/${(await firstOf(read, '/activities?limit=1')).id}` },
  '/activities/$activity?closed': {
    as: 'study-head',
    to: async (read) => `/activities/${(await firstOf(read, '/activities?unit=pps-ppa-study&status=closed&limit=1')).id}`,
  },
  '/activities/$activity?student': {
    as: 'student1',
    to: async (read) => `/activities/${(await firstOf(read, '/activities/open?limit=1')).id}`,
  },
}
