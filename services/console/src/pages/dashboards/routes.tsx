import type { QueryClient } from '@tanstack/react-query'
import { createRoute } from '@tanstack/react-router'
import { dashboard, type Subject } from '../../api/dashboards.ts'
import { terms, units } from '../../api/organization.ts'
import { type Entry, pageOf } from '../../frame/feature.ts'
import { inside } from '../../frame/inside.tsx'
import { isDay } from '../../parts/days.ts'

const ofDay = ({ on }: Record<string, unknown>): { on?: string } => (isDay(on) ? { on } : {})
/** Begins to ask while the page itself still loads; the page waits for the answers. */
const ahead = ({ client }: { client: QueryClient }, subject: Subject, on: string | null): void => {
  void client.prefetchQuery(dashboard(subject, on))
  void client.prefetchQuery(units())
  void client.prefetchQuery(terms)
}

const landing = createRoute({
  getParentRoute: () => inside,
  path: '/dashboards',
  component: pageOf('dashboards', () => import('./landing.tsx'), 'LandingPage'),
})
const unit = createRoute({
  getParentRoute: () => inside,
  path: '/dashboards/$unit',
  validateSearch: ofDay,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => ahead(context, params, deps.on ?? null),
  component: pageOf('dashboards', () => import('./unit.tsx'), 'UnitPage'),
})
const officer = createRoute({
  getParentRoute: () => inside,
  path: '/dashboards/officers/$person',
  validateSearch: ofDay,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => ahead(context, params, deps.on ?? null),
  component: pageOf('dashboards', () => import('./officer.tsx'), 'OfficerPage'),
})

const entry: Entry = { name: 'dashboards', to: '/dashboards', icon: 'M4 20V11M10 20V4M16 20v-7M22 20H2', group: 'union', permission: 'dashboards:read' }

export const dashboards = { routes: [landing, unit, officer], entries: [entry] } as const
