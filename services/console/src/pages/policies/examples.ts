import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/policies': { as: 'guidance', to: '/policies' },
  '/policies?unit': { as: 'ctbu-guidance', to: '/policies?unit=gufe' },
  '/policies/cases': { as: 'guidance', to: '/policies/cases?policy=activity-summary.due-days&campus=pps&verdict=kept' },
}
