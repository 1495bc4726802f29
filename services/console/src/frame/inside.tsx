import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, Outlet, redirect } from '@tanstack/react-router'
import { session } from '../api/session.ts'
import { claimDevice } from '../parts/device.ts'
import type { Entry, Finder } from './feature.ts'
import { Frame } from './frame.tsx'
import { NotFoundPage } from './not-found.tsx'

export type Around = { readonly client: QueryClient; readonly entries: readonly Entry[]; readonly finders: readonly Finder[] }

export const root = createRootRouteWithContext<Around>()({ component: Outlet, notFoundComponent: NotFoundPage })

/** Parent of every page for those who are signed in; who is not comes back to the same address afterwards. */
export const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const told = await context.client.ensureQueryData(session)
    if (told !== null) await claimDevice(told.account)
    else throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } })
  },
  component: Frame,
})
