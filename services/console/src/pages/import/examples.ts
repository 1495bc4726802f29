import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/import': { as: 'operator', to: '/import' },
  '/import/$id': { as: 'operator', to: '/import/import-unknown' },
}
