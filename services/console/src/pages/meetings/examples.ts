import { type Examples, firstOf } from '../../frame/examples.ts'

export const examples: Examples = {
  '/meetings': { as: 'secretary', to: '/meetings' },
  '/meetings/call': { as: 'secretary', to: '/meetings/call' },
  '/meetings/$meeting': { as: 'secretary', to: async (read) => `/meetings/${(await firstOf(read, '/meetings?limit=1')).id}` },
}
