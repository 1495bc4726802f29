import { type Examples, firstOf } from '../../frame/examples.ts'

export const examples: Examples = {
  '/my-data': { as: 'student1', to: '/my-data' },
  '/people/$person/file': { as: 'guidance', to: async (read) => `/people/${(await firstOf(read, '/directory?unit=pps-ppa-study&limit=1')).person}/file` },
  '/erasures': { as: 'secretary', to: '/erasures' },
}
