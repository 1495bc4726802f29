import { type Examples, firstOf } from '../../frame/examples.ts'

export const examples: Examples = {
  '/assessments': { as: 'secretary', to: '/assessments' },
  '/assessments/open': {
    as: 'secretary',
    to: async (read) => {
      const { items } = await read('/schemes?limit=50')
      const scheme = items.find((each: { subject: string; adopted: number | null }) => each.subject === 'activity' && each.adopted !== null)
      const held = await firstOf(read, '/activities?status=closed&limit=1')
      return `/assessments/open?scheme=${scheme.id}&subject=${held.id}`
    },
  },
  '/assessments/$assessment': {
    as: 'secretary',
    to: async (read) => `/assessments/${(await firstOf(read, '/assessments?kind=person&limit=1')).id}`,
  },
  '/assessments/$assessment?activity': {
    as: 'secretary',
    to: async (read) => `/assessments/${(await firstOf(read, '/assessments?kind=activity&limit=1')).id}`,
  },
  '/assessments?none': { as: 'student1', to: '/assessments' },
  '/schemes': { as: 'secretary', to: '/schemes' },
  '/schemes/new': { as: 'secretary', to: '/schemes/new' },
  '/schemes/$scheme': { as: 'secretary', to: async (read) => `/schemes/${(await firstOf(read, '/schemes?limit=1')).id}` },
}
