import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/my-data': { as: 'student1', to: '/my-data' },
  '/people/$person/file': { as: 'guidance', to: async (read) => `/people/${(await read('/directory?unit=pps-ppa-study&limit=1')).items[0].person}/file` },
  '/erasures': { as: 'registrar', to: '/erasures' },
}
