import type { QueryClient } from '@tanstack/react-query'
import { createRouter, parseSearchWith, stringifySearchWith } from '@tanstack/react-router'
import { features } from './features.ts'
import type { Entry, Finder } from './frame/feature.ts'
import { inside, root } from './frame/inside.tsx'
import { signIn } from './pages/sign-in/routes.tsx'
import { Failure, Loading } from './parts/states.tsx'

type Route = (typeof features)[number]['routes'][number]
const routes: readonly Route[] = features.flatMap((feature): readonly Route[] => feature.routes)
const entries = features.flatMap((feature): readonly Entry[] => feature.entries)
const finders = features.flatMap((feature): readonly Finder[] => ('finders' in feature ? feature.finders : []))

export const routerOf = (client: QueryClient) =>
  createRouter({
    routeTree: root.addChildren([signIn, inside.addChildren(routes)]),
    context: { client, entries, finders },
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
