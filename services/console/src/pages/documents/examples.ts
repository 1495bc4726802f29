import { type Examples, firstOf } from '../../frame/examples.ts'

export const examples: Examples = {
  '/documents': { as: 'secretary', to: '/documents' },
  '/documents?none': { as: 'secretary', to: '/documents?q=运动会闭幕式&status=returned' },
  '/documents/draft': { as: 'secretary', to: '/documents/draft' },
  '/documents/draft?activity': {
    as: 'study-head',
    to: async (read) => `/documents/draft?kind=summary&activity=${(await firstOf(read, '/activities?status=closed&limit=1')).id}`,
  },
  '/documents/$document': { as: 'secretary', to: async (read) => `/documents/${(await firstOf(read, '/documents?limit=1')).id}` },
}
