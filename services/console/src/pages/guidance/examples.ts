import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/guidance': { as: 'guidance', to: '/guidance' },
  '/guidance?quiet': { as: 'ctbu-guidance', to: '/guidance' },
}
