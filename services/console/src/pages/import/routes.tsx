import { createRoute } from '@tanstack/react-router'
import { type Entry, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'

const begin = createRoute({
  getParentRoute: () => inside,
  path: '/import',
  component: pageOf('import', () => import('./import.tsx'), 'ImportPage'),
})
const one = createRoute({
  getParentRoute: () => inside,
  path: '/import/$id',
  component: pageOf('import', () => import('./progress.tsx'), 'ProgressPage'),
})

const entry: Entry = { name: 'import', to: '/import', icon: 'M12 3v12M7 10l5 5 5-5M4 19h16', group: 'system', permission: 'federation:import' }

export const imports = { routes: [begin, one], entries: [entry] } as const
