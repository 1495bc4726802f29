import { type Examples, firstOf } from '../../frame/examples.ts'

export const examples: Examples = {
  '/surveys': { as: 'president', to: '/surveys' },
  '/surveys/$survey/answer': { as: 'student1', to: async (read) => `/surveys/${(await firstOf(read, '/surveys?mine=true&limit=1')).id}/answer` },
  '/surveys/$survey/results?open': {
    as: 'president',
    to: async (read) => `/surveys/${(await firstOf(read, '/surveys?unit=pps-ppa&status=open&limit=1')).id}/results`,
  },
  '/surveys/$survey/results': {
    as: 'president',
    to: async (read) => `/surveys/${(await firstOf(read, '/surveys?unit=pps-ppa&status=closed&limit=1')).id}/results`,
  },
}
