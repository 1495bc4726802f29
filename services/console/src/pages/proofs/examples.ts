import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/proofs': { as: 'auditor', to: '/proofs' },
}
