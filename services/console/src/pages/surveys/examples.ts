import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/surveys': { as: 'president', to: '/surveys' },
  '/surveys/$survey/answer': {
    as: 'student1',
    to: async (read) => {
      const { items } = await read('/surveys?mine=true&limit=1')
      return `/surveys/${items[0]?.id ?? 'none'}/answer`
    },
  },
  '/surveys/$survey/results': {
    as: 'president',
    to: async (read) => {
      const { items } = await read('/surveys?unit=pps-ppa&status=closed&limit=1')
      return `/surveys/${items[0]?.id ?? (await read('/surveys?limit=1')).items[0]?.id ?? 'none'}/results`
    },
  },
}
