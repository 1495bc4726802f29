import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/dashboards': { as: 'chair', to: '/dashboards' },
  '/dashboards/$unit': { as: 'chair', to: '/dashboards/pps-ppa' },
  '/dashboards/officers/$person': {
    as: 'president',
    to: async (read) => `/dashboards/officers/${(await read('/directory?unit=pps-ppa-study&kind=head&limit=1')).items[0].person}`,
  },
}
