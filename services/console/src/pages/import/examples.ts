import { type Examples, firstOf } from '../../frame/examples.ts'

export const examples: Examples = {
  '/import': { as: 'operator', to: '/import' },
  '/import/$id': {
    as: 'operator',
    to: async (read) => `/import/${(await firstOf(read, '/trail?type=membership.import-finished.v1&limit=1')).stream.replace(/^import-/, '')}`,
  },
}
