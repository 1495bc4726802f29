import { type Examples, firstOf } from '../../frame/examples.ts'

export const examples: Examples = {
  '/dashboards': { as: 'chair', to: '/dashboards' },
  '/dashboards/$unit': { as: 'chair', to: '/dashboards/pps-ppa' },
  '/dashboards/$unit?on': { as: 'auditor', to: '/dashboards/pps-ppa-study?on=2026-10-30' },
  '/dashboards/officers/$person': {
    as: 'president',
    to: async (read) => `/dashboards/officers/${(await firstOf(read, '/directory?unit=pps-ppa-study&kind=head&limit=1')).person}`,
  },
}
