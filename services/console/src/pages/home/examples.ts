import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/': { as: 'student1', to: '/' },
  '/?officer': { as: 'study-head', to: '/' },
}
