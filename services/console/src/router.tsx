import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  parseSearchWith,
  redirect,
  stringifySearchWith,
} from '@tanstack/react-router'
import { dashboard, type Subject } from './api/dashboards.ts'
import { terms, units } from './api/organization.ts'
import { session } from './api/session.ts'
import { LandingPage } from './pages/landing.tsx'
import { NotFoundPage } from './pages/not-found.tsx'
import { searchOf } from './pages/trail/search.ts'
import { isDay } from './parts/days.ts'
import { Frame } from './parts/frame.tsx'
import { Failure, Loading } from './parts/states.tsx'

const root = createRootRouteWithContext<{ client: QueryClient }>()({ component: Outlet, notFoundComponent: NotFoundPage })

/** An address of this console; anything else would send a reader elsewhere. */
const isOwn = (to: unknown): to is string => typeof to === 'string' && /^\/(?![/\\])/.test(to)

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ to }: Record<string, unknown>): { to?: string } => (isOwn(to) ? { to } : {}),
  component: lazyRouteComponent(() => import('./pages/sign-in/sign-in.tsx'), 'SignInPage'),
})

/** Everything else is for those who are signed in; who is not comes back to the same address afterwards. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const told = await context.client.ensureQueryData(session)
    if (told === null) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } })
  },
  component: Frame,
})

const landing = createRoute({ getParentRoute: () => inside, path: '/', component: LandingPage })
const dashboards = createRoute({ getParentRoute: () => inside, path: '/dashboards', component: LandingPage })

const ofDay = ({ on }: Record<string, unknown>): { on?: string } => (isDay(on) ? { on } : {})
/** Begins to ask while the page itself still loads; the page waits for the answers. */
const ahead = ({ client }: { client: QueryClient }, subject: Subject, on: string | null): void => {
  void client.prefetchQuery(dashboard(subject, on))
  void client.prefetchQuery(units())
  void client.prefetchQuery(terms)
}
const unit = createRoute({
  getParentRoute: () => inside,
  path: '/dashboards/$unit',
  validateSearch: ofDay,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => ahead(context, params, deps.on ?? null),
  component: lazyRouteComponent(() => import('./pages/dashboards/unit.tsx'), 'UnitPage'),
})
const officer = createRoute({
  getParentRoute: () => inside,
  path: '/dashboards/officers/$person',
  validateSearch: ofDay,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => ahead(context, params, deps.on ?? null),
  component: lazyRouteComponent(() => import('./pages/dashboards/officer.tsx'), 'OfficerPage'),
})

const trail = createRoute({
  getParentRoute: () => inside,
  path: '/trail',
  validateSearch: searchOf,
  component: lazyRouteComponent(() => import('./pages/trail/list.tsx'), 'TrailPage'),
})
const record = createRoute({
  getParentRoute: () => inside,
  path: '/trail/$service/$stream/$version',
  component: lazyRouteComponent(() => import('./pages/trail/record.tsx'), 'RecordPage'),
})

export const routerOf = (client: QueryClient) =>
  createRouter({
    routeTree: root.addChildren([signIn, inside.addChildren([landing, dashboards, unit, officer, trail, record])]),
    context: { client },
    // Addresses hold plain text: an id of digits stays text.
    parseSearch: parseSearchWith((text) => text),
    stringifySearch: stringifySearchWith(String),
    defaultPreload: 'intent',
    defaultPendingComponent: Loading,
    defaultErrorComponent: ({ error, reset }) => <Failure error={error} onRetry={reset} />,
    scrollRestoration: true,
  })

declare module '@tanstack/react-router' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: the router learns its own routes by merging
  interface Register {
    router: ReturnType<typeof routerOf>
  }
}
