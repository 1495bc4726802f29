import { createRoute } from '@tanstack/react-router'
import { type Entry, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'

const own = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: pageOf('settings', () => import('./settings.tsx'), 'SettingsPage'),
})
const tokens = createRoute({
  getParentRoute: () => inside,
  path: '/tokens',
  component: pageOf('settings', () => import('./tokens.tsx'), 'TokensPage'),
})

const entries: readonly Entry[] = [
  { name: 'settings', to: '/settings', icon: 'M4 7h10M18 7h2M16 5v4M4 17h2M10 17h10M8 15v4', group: 'system' },
  { name: 'tokens', to: '/tokens', icon: 'M14 10a4 4 0 1 0-3 3.9L13 16h2v2h2v2h3v-3l-6.1-6z', group: 'system', permission: 'tokens:make' },
]

export const settings = { routes: [own, tokens], entries } as const
