import type { Examples } from '../../frame/examples.ts'

export const examples: Examples = {
  '/': { as: 'student1', to: '/' },
  '/near': { as: 'study-head', to: '/near' },
  '/?officer': { as: 'study-head', to: '/' },
}
