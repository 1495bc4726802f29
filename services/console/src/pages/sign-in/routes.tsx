import { createRoute } from '@tanstack/react-router'
import { pageOf } from '../../frame/feature.ts'
import { root } from '../../frame/inside.tsx'

/** An address of this console; anything else would send a reader elsewhere. */
const isOwn = (to: unknown): to is string => typeof to === 'string' && /^\/(?![/\\])/.test(to)

/** Stands outside the frame. */
export const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ to, unsent }: Record<string, unknown>): { to?: string; unsent?: number } => ({
    ...(isOwn(to) ? { to } : {}),
    ...(typeof unsent === 'number' && unsent > 0 ? { unsent } : {}),
  }),
  component: pageOf('sign-in', () => import('./sign-in.tsx'), 'SignInPage'),
})
