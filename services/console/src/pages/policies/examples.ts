import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/policies': { as: 'guidance', to: '/policies' },
  '/policies?unit': { as: 'ctbu-guidance', to: '/policies?unit=gufe' },
}
