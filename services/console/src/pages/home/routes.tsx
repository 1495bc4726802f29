import { createRoute } from '@tanstack/react-router'
import { type Entry, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'

const first = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: pageOf('home', () => import('./home.tsx'), 'HomePage'),
})

const entry: Entry = { name: 'home', to: '/', icon: 'M3 11l9-8 9 8v10h-6v-6H9v6H3z', group: 'mine' }

export const home = { routes: [first], entries: [entry] } as const
