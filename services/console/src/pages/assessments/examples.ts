import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/assessments': { as: 'secretary', to: '/assessments' },
  '/assessments/$assessment': {
    as: 'secretary',
    to: async (read) => `/assessments/${(await read('/assessments?kind=person&limit=1')).items[0]?.id ?? 'none'}`,
  },
  '/schemes': { as: 'secretary', to: '/schemes' },
  '/schemes/new': { as: 'secretary', to: '/schemes/new' },
  '/schemes/$scheme': { as: 'secretary', to: async (read) => `/schemes/${(await read('/schemes?limit=1')).items[0]?.id ?? 'none'}` },
}
