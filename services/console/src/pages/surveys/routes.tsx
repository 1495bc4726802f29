import { createRoute } from '@tanstack/react-router'
import { pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'

const answer = createRoute({
  getParentRoute: () => inside,
  path: '/surveys/$survey/answer',
  component: pageOf('surveys', () => import('./answer.tsx'), 'AnswerPage'),
})
const results = createRoute({
  getParentRoute: () => inside,
  path: '/surveys/$survey/results',
  component: pageOf('surveys', () => import('./results.tsx'), 'ResultsPage'),
})

export const surveys = { routes: [answer, results], entries: [] } as const
