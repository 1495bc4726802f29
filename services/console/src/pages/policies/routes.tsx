import { createRoute } from '@tanstack/react-router'
import { type Entry, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'
import { isDay } from '../../parts/days.ts'

export type PolicySearch = { readonly unit?: string; readonly on?: string }

const list = createRoute({
  getParentRoute: () => inside,
  path: '/policies',
  validateSearch: ({ unit, on }: Record<string, unknown>): PolicySearch => ({
    ...(typeof unit === 'string' && unit !== '' ? { unit } : {}),
    ...(isDay(on) ? { on } : {}),
  }),
  component: pageOf('policies', () => import('./policies.tsx'), 'PoliciesPage'),
})

export type CasesSearch = { readonly policy: string; readonly campus: string; readonly verdict?: 'broken' | 'open' | 'kept' }

const cases = createRoute({
  getParentRoute: () => inside,
  path: '/policies/cases',
  validateSearch: ({ policy, campus, verdict }: Record<string, unknown>): CasesSearch => ({
    policy: typeof policy === 'string' ? policy : '',
    campus: typeof campus === 'string' ? campus : '',
    ...(verdict === 'broken' || verdict === 'open' || verdict === 'kept' ? { verdict } : {}),
  }),
  component: pageOf('policies', () => import('./cases.tsx'), 'CasesPage'),
})

const entry: Entry = {
  name: 'policies',
  to: '/policies',
  icon: 'M5 4h11a3 3 0 0 1 3 3v14H8a3 3 0 0 1-3-3zM5 18a3 3 0 0 1 3-3h11M9 8h6M9 11h4',
  group: 'oversight',
}

export const policies = { routes: [list, cases], entries: [entry] } as const
