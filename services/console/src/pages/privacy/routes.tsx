import { createRoute } from '@tanstack/react-router'
import { type Entry, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'

const mine = createRoute({
  getParentRoute: () => inside,
  path: '/my-data',
  component: pageOf('privacy', () => import('./my-data.tsx'), 'MyDataPage'),
})
const file = createRoute({
  getParentRoute: () => inside,
  path: '/people/$person/file',
  component: pageOf('privacy', () => import('./file.tsx'), 'FilePage'),
})
const desk = createRoute({
  getParentRoute: () => inside,
  path: '/erasures',
  component: pageOf('privacy', () => import('./erasures.tsx'), 'ErasuresPage'),
})

const entries: readonly Entry[] = [
  { name: 'my-data', to: '/my-data', icon: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21a8 8 0 0 1 16 0', group: 'mine' },
  { name: 'erasures', to: '/erasures', icon: 'M4 20h16M7 16l9-9 4 4-8 8H7z', group: 'oversight', permission: 'erasures:approve' },
]

export const privacy = { routes: [mine, file, desk], entries } as const
