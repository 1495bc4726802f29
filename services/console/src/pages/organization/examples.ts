import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/organization': { as: 'president', to: '/organization?unit=pps-ppa-study' },
  '/organization?as=list': { as: 'president', to: '/organization?as=list' },
  '/organization?on': { as: 'registrar', to: '/organization?unit=pps&on=2026-09-01&gone=yes' },
}
