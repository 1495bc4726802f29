import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/settings': { as: 'president', to: '/settings' },
  '/settings?operator': { as: 'operator', to: '/settings' },
  '/tokens': { as: 'operator', to: '/tokens' },
}
