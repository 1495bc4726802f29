import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/door.html': {
    as: 'study-head',
    to: async (read) => {
      const { items } = await read('/activities?unit=pps-ppa-study&limit=50')
      const open = items.find(({ status }: { status: string }) => ['announced', 'registering', 'held'].includes(status)) ?? items[0]
      return `/door.html?activity=${open.id}`
    },
  },
}
