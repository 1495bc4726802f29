import { type Examples, firstOf } from '../../frame/examples.ts'

export const examples: Examples = {
  '/meetings': { as: 'secretary', to: '/meetings' },
  '/meetings?as=calendar': { as: 'study-head', to: '/meetings?as=calendar' },
  '/meetings/call': { as: 'secretary', to: '/meetings/call' },
  '/meetings/$meeting': { as: 'secretary', to: async (read) => `/meetings/${(await firstOf(read, '/meetings?limit=1')).id}` },
  '/meetings/$meeting?filed': { as: 'study-head', to: async (read) => `/meetings/${(await firstOf(read, '/meetings?status=filed&limit=1')).id}` },
}
