import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/shifts': { as: 'president', to: '/shifts' },
  '/hours-desk': { as: 'president', to: '/hours-desk' },
  '/hours': { as: 'president', to: '/hours' },
}
