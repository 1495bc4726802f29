import { createRoute } from '@tanstack/react-router'
import { type Entry, ofUnit, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'

const shifts = createRoute({
  getParentRoute: () => inside,
  path: '/shifts',
  validateSearch: ofUnit,
  component: pageOf('volunteers', () => import('./shifts.tsx'), 'ShiftsPage'),
})
const desk = createRoute({
  getParentRoute: () => inside,
  path: '/hours-desk',
  component: pageOf('volunteers', () => import('./desk.tsx'), 'DeskPage'),
})
const mine = createRoute({
  getParentRoute: () => inside,
  path: '/hours',
  component: pageOf('volunteers', () => import('./own-hours.tsx'), 'OwnHoursPage'),
})

const entries: readonly Entry[] = [
  { name: 'own-hours', to: '/hours', icon: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2', group: 'mine' },
  { name: 'shifts', to: '/shifts', icon: 'M4 7h16M4 12h16M4 17h10', group: 'work', permission: 'volunteers:read' },
  { name: 'hours-desk', to: '/hours-desk', icon: 'M4 5h16v14H4zM8 12l3 3 5-6', group: 'work', permission: 'volunteers:confirm' },
]

export const volunteers = { routes: [shifts, desk, mine], entries } as const
