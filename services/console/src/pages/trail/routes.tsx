import { createRoute } from '@tanstack/react-router'
import { type Entry, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'
import { searchOf } from './search.ts'

const list = createRoute({
  getParentRoute: () => inside,
  path: '/trail',
  validateSearch: searchOf,
  component: pageOf('trail', () => import('./list.tsx'), 'TrailPage'),
})
const record = createRoute({
  getParentRoute: () => inside,
  path: '/trail/$service/$stream/$version',
  component: pageOf('trail', () => import('./record.tsx'), 'RecordPage'),
})

const entry: Entry = { name: 'trail', to: '/trail', icon: 'M4 6h16M4 12h10M4 18h7M18 15v6M15 18h6', group: 'oversight', permission: 'trail:read' }

export const trail = { routes: [list, record], entries: [entry] } as const
