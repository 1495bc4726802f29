import { createRoute } from '@tanstack/react-router'
import { type Entry, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'

const page = createRoute({
  getParentRoute: () => inside,
  path: '/operations',
  component: pageOf('operations', () => import('./operations.tsx'), 'OperationsPage'),
})

const entry: Entry = { name: 'operations', to: '/operations', icon: 'M3 12h4l3-8 4 16 3-8h4', group: 'system', permission: 'operations:read' }

export const operations = { routes: [page], entries: [entry] } as const
