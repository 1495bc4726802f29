import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/duties': { as: 'president', to: '/duties?whose=unit' },
  '/duties?whose=up': { as: 'president', to: '/duties?whose=up' },
  '/duties?whose=mine': { as: 'study-head', to: '/duties' },
}
