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

const entry: Entry = { name: 'policies', to: '/policies', icon: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 5v4M8 15v4', group: 'oversight' }

export const policies = { routes: [list, cases], entries: [entry] } as const
