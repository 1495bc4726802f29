import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/assessments': { as: 'secretary', to: '/assessments' },
  '/assessments/open': {
    as: 'secretary',
    to: async (read) => {
      const { items } = await read('/schemes?limit=50')
      const scheme = items.find((each: { subject: string; adopted: number | null }) => each.subject === 'activity' && each.adopted !== null)
      const { items: held } = await read('/activities?status=closed&limit=1')
      return scheme && held[0] ? `/assessments/open?scheme=${scheme.id}&subject=${held[0].id}` : '/assessments/open'
    },
  },
  '/assessments/$assessment': {
    as: 'secretary',
    to: async (read) => `/assessments/${(await read('/assessments?kind=person&limit=1')).items[0]?.id ?? 'none'}`,
  },
  '/schemes': { as: 'secretary', to: '/schemes' },
  '/schemes/new': { as: 'secretary', to: '/schemes/new' },
  '/schemes/$scheme': { as: 'secretary', to: async (read) => `/schemes/${(await read('/schemes?limit=1')).items[0]?.id ?? 'none'}` },
}
