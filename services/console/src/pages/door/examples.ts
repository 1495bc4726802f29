import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/door.html': { as: 'president', to: async (read) => `/door.html?activity=${(await read('/activities?limit=1')).items[0]?.id ?? 'none'}` },
}
