import { type Examples, firstOf } from '../../frame/examples.ts'

export const examples: Examples = {
  '/appointments': { as: 'organization-head', to: '/appointments?status=all' },
  '/appointments/propose': { as: 'organization-head', to: '/appointments/propose' },
  '/appointments/$id': { as: 'organization-head', to: async (read) => `/appointments/${(await firstOf(read, '/appointments?limit=1')).id}` },
}
