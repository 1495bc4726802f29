import { createRoute } from '@tanstack/react-router'
import { type Entry, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'

const check = createRoute({
  getParentRoute: () => inside,
  path: '/proofs',
  component: pageOf('proofs', () => import('./proofs.tsx'), 'ProofsPage'),
})

const entry: Entry = { name: 'proofs', to: '/proofs', icon: 'M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM9 12l2 2 4-4', group: 'oversight' }

export const proofs = { routes: [check], entries: [entry] } as const
