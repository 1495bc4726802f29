import { createRoute } from '@tanstack/react-router'
import { type Entry, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'
import { isDay } from '../../parts/days.ts'

export type TreeSearch = { readonly unit?: string; readonly on?: string; readonly gone?: 'yes'; readonly as?: 'chart' | 'list' }

const searchOf = ({ unit, on, gone, as }: Record<string, unknown>): TreeSearch => ({
  ...(typeof unit === 'string' && unit !== '' ? { unit } : {}),
  ...(isDay(on) ? { on } : {}),
  ...(gone === 'yes' ? { gone } : {}),
  ...(as === 'list' || as === 'chart' ? { as } : {}),
})

const tree = createRoute({
  getParentRoute: () => inside,
  path: '/organization',
  validateSearch: searchOf,
  component: pageOf('organization', () => import('./organization.tsx'), 'OrganizationPage'),
})

const entry: Entry = { name: 'organization', to: '/organization', icon: 'M12 8V3M5 21v-5h14v5M12 8v8M9 3h6v5H9zM2 21h6M16 21h6', group: 'union' }

export const organization = { routes: [tree], entries: [entry] } as const
