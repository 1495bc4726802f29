import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/meetings': { as: 'secretary', to: '/meetings' },
  '/meetings/call': { as: 'secretary', to: '/meetings/call' },
  '/meetings/$meeting': { as: 'secretary', to: async (read) => `/meetings/${(await read('/meetings?limit=1')).items[0]?.id ?? 'none'}` },
}
