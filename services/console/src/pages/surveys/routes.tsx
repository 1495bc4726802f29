import { createRoute } from '@tanstack/react-router'
import { type Entry, ofUnit, pageOf } from '../../frame/feature.ts'
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

const list = createRoute({
  getParentRoute: () => inside,
  path: '/surveys',
  validateSearch: ofUnit,
  component: pageOf('surveys', () => import('./list.tsx'), 'SurveysPage'),
})

const entry: Entry = { name: 'surveys', to: '/surveys', icon: 'M5 3h14v18H5zM8 8h8M8 12h8M8 16h4', group: 'work', permission: 'surveys:read' }

export const surveys = { routes: [answer, results, list], entries: [entry] } as const
