import { createRoute } from '@tanstack/react-router'
import { type Entry, type OfUnit, ofUnit, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'

export type ListSearch = OfUnit & { readonly kind?: 'activity' | 'person' }

const list = createRoute({
  getParentRoute: () => inside,
  path: '/assessments',
  validateSearch: ({ kind, ...others }: Record<string, unknown>): ListSearch => ({
    ...ofUnit(others),
    ...(kind === 'activity' || kind === 'person' ? { kind } : {}),
  }),
  component: pageOf('assessments', () => import('./list.tsx'), 'AssessmentsPage'),
})
export type OpenSearch = { readonly scheme?: string; readonly subject?: string }

const open = createRoute({
  getParentRoute: () => inside,
  path: '/assessments/open',
  validateSearch: ({ scheme, subject }: Record<string, unknown>): OpenSearch => ({
    ...(typeof scheme === 'string' && scheme !== '' ? { scheme } : {}),
    ...(typeof subject === 'string' && subject !== '' ? { subject } : {}),
  }),
  component: pageOf('assessments', () => import('./open.tsx'), 'OpenPage'),
})
const one = createRoute({
  getParentRoute: () => inside,
  path: '/assessments/$assessment',
  component: pageOf('assessments', () => import('./assessment.tsx'), 'AssessmentPage'),
})
const schemes = createRoute({
  getParentRoute: () => inside,
  path: '/schemes',
  component: pageOf('assessments', () => import('./schemes.tsx'), 'SchemesPage'),
})
const draft = createRoute({
  getParentRoute: () => inside,
  path: '/schemes/new',
  component: pageOf('assessments', () => import('./draft.tsx'), 'DraftPage'),
})
const scheme = createRoute({
  getParentRoute: () => inside,
  path: '/schemes/$scheme',
  component: pageOf('assessments', () => import('./scheme.tsx'), 'SchemePage'),
})

const entries: readonly Entry[] = [
  { name: 'assessments', to: '/assessments', icon: 'M12 3l2.7 5.6 6.1.8-4.5 4.3 1.1 6.1-5.4-3-5.4 3 1.1-6.1L3.2 9.4l6.1-.8z', group: 'work' },
  { name: 'assessment-open', to: '/assessments/open', icon: 'M12 5v14M5 12h14', group: 'work', permission: 'assessments:score', hidden: true },
  { name: 'schemes', to: '/schemes', icon: 'M12 4v16M5 8h14M5 8l-3 7h6zM19 8l-3 7h6z', group: 'work', permission: 'assessments:read' },
]

export const assessments = { routes: [list, open, one, schemes, draft, scheme], entries } as const
