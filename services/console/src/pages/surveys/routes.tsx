import { createRoute } from '@tanstack/react-router'
import { pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'

const answer = createRoute({
  getParentRoute: () => inside,
  path: '/surveys/$survey/answer',
  component: pageOf('surveys', () => import('./answer.tsx'), 'AnswerPage'),
})

export const surveys = { routes: [answer], entries: [] } as const
