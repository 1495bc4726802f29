import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/duties': { as: 'president', to: '/duties' },
}
