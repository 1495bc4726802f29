import { type Examples, firstOf, type ReadApi } from '../../frame/examples.ts'

const one = (status: string) => async (read: ReadApi) => `/appointments/${(await firstOf(read, `/appointments?status=${status}&limit=1`)).id}`

export const examples: Examples = {
  '/appointments': { as: 'president', to: '/appointments' },
  '/appointments?status=all': { as: 'organization-head', to: '/appointments?status=all' },
  '/appointments?none': { as: 'organization-head', to: '/appointments' },
  '/appointments/propose': { as: 'president', to: '/appointments/propose' },
  '/appointments/propose?person': {
    as: 'president',
    to: async (read) => {
      const { person } = await firstOf(read, '/directory?unit=pps-ppa-study&kind=officer&limit=1')
      return `/appointments/propose?person=${person}&kind=officer&unit=pps-ppa-life`
    },
  },
  '/appointments/$id': { as: 'organization-head', to: async (read) => `/appointments/${(await firstOf(read, '/appointments?limit=1')).id}` },
  '/appointments/$id?proposed': { as: 'guidance', to: one('proposed') },
  '/appointments/$id?notice': { as: 'president', to: one('notice') },
  '/appointments/$id?left': { as: 'president', to: one('left') },
}
