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

type Lazy = { readonly options: { readonly component?: { readonly preload?: () => Promise<unknown> } } }

/** Sends for the code and the words of the page at the address, before it is known who asks for it. */
export const preloadPage = (router: ReturnType<typeof routerOf>): void => {
  const known = router.routesById as unknown as Readonly<Record<string, Lazy | undefined>>
  // What does not arrive is asked for again when the page is shown.
  for (const { routeId } of router.matchRoutes(router.latestLocation)) known[routeId]?.options.component?.preload?.().catch(() => {})
}

declare module '@tanstack/react-router' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: the router learns its own routes by merging
  interface Register {
    router: ReturnType<typeof routerOf>
  }
}
