import { type Examples, firstOf } from '../../frame/examples.ts'

export const examples: Examples = {
  '/dashboards': { as: 'chair', to: '/dashboards' },
  '/dashboards/$unit': { as: 'chair', to: '/dashboards/pps-ppa' },
  '/dashboards/officers/$person': {
    as: 'president',
    to: async (read) => `/dashboards/officers/${(await firstOf(read, '/directory?unit=pps-ppa-study&kind=head&limit=1')).person}`,
  },
}
