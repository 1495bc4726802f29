import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/operations': { as: 'operator', to: '/operations' },
}
