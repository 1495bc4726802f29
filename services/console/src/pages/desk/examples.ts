import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/desk': { as: 'secretary', to: '/desk' },
}
