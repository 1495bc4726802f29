import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/surveys/$survey/answer': {
    as: 'student1',
    to: async (read) => {
      const { items } = await read('/surveys?mine=true&limit=1')
      return `/surveys/${items[0]?.id ?? 'none'}/answer`
    },
  },
}
