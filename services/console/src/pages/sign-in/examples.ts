import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/sign-in': { as: null, to: '/sign-in' },
}
