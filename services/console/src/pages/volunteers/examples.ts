import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/shifts': { as: 'president', to: '/shifts' },
  '/shifts?student': { as: 'student1', to: '/shifts' },
  '/hours-desk': { as: 'president', to: '/hours-desk' },
  '/hours-desk?host': { as: 'volunteer-host', to: '/hours-desk' },
  '/hours': { as: 'student1', to: '/hours' },
  '/hours?none': { as: 'president', to: '/hours' },
}
