import { createRoute } from '@tanstack/react-router'
import { type Entry, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'

export const statuses = ['proposed', 'recommended', 'ineligible', 'notice', 'withdrawn', 'held', 'left'] as const
export type Status = (typeof statuses)[number]
export type ListSearch = { readonly status?: Status | 'all'; readonly unit?: string }
export type ProposalSearch = { readonly person?: string; readonly kind?: string; readonly unit?: string }

const texts = <Name extends string>(names: readonly Name[], given: Record<string, unknown>): { [Each in Name]?: string } =>
  Object.fromEntries(names.flatMap((name) => (typeof given[name] === 'string' && given[name] !== '' ? [[name, given[name]]] : []))) as {
    [Each in Name]?: string
  }

const list = createRoute({
  getParentRoute: () => inside,
  path: '/appointments',
  validateSearch: (given: Record<string, unknown>): ListSearch => ({
    ...texts(['unit'], given),
    ...(given.status === 'all' || statuses.includes(given.status as Status) ? { status: given.status as Status } : {}),
  }),
  component: pageOf('appointments', () => import('./list.tsx'), 'AppointmentsPage'),
})
const propose = createRoute({
  getParentRoute: () => inside,
  path: '/appointments/propose',
  validateSearch: (given: Record<string, unknown>): ProposalSearch => texts(['person', 'kind', 'unit'], given),
  component: pageOf('appointments', () => import('./propose.tsx'), 'ProposePage'),
})
const one = createRoute({
  getParentRoute: () => inside,
  path: '/appointments/$id',
  component: pageOf('appointments', () => import('./case.tsx'), 'CasePage'),
})

const entry: Entry = {
  name: 'appointments',
  to: '/appointments',
  icon: 'M9 4h6v3H9zM9 5H5v16h14V5h-4M8 14l3 3 5-6',
  group: 'union',
  permission: 'appointments:read',
}

export const appointments = { routes: [list, propose, one], entries: [entry] } as const
