import { createRoute } from '@tanstack/react-router'
import { type Entry, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'

const first = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: pageOf('home', () => import('./home.tsx'), 'HomePage'),
})

/** Who holds a post takes part like everybody: what is on, one's places, shifts and surveys. */
const near = createRoute({
  getParentRoute: () => inside,
  path: '/near',
  component: pageOf('home', () => import('./near.tsx'), 'NearPage'),
})

const entry: Entry = { name: 'home', to: '/', icon: 'M3 11l9-8 9 8v10h-6v-6H9v6H3z', group: 'mine' }

const taking: Entry = {
  name: 'near',
  to: '/near',
  icon: 'M12 21s7-6 7-12a7 7 0 0 0-14 0c0 6 7 12 7 12zM12 11a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  group: 'mine',
  hidden: true,
}

export const home = { routes: [first, near], entries: [entry, taking] } as const
