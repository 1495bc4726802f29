import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/sign-in': { as: null, to: '/sign-in' },
  '/sign-in?to': { as: null, to: '/sign-in?to=%2Fduties&unsent=3' },
}
