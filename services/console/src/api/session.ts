import { queryOptions } from '@tanstack/react-query'
import { ask, queryOf } from './http.ts'
import { Problem } from './problem.ts'

export type Session = {
  readonly account: string
  readonly person: string | null
  readonly home: string | null
  readonly operator: boolean
  readonly posts: readonly { readonly kind: string; readonly unit: string; readonly from: string; readonly until: string | null }[]
}

/** The session; null when nobody is signed in. */
export const session = queryOptions({
  queryKey: ['session'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await ask<Session>('/session', { signal, quiet: true })
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null
      throw error
    }
  },
})

export const waysToSignIn = queryOptions({
  queryKey: ['ways-to-sign-in'],
  queryFn: ({ signal }) => ask<{ readonly password: boolean; readonly oidc: boolean }>('/session/ways', { signal }),
})

export const signIn = (given: { account: string; password: string }): Promise<Session> => ask('/session', { method: 'POST', body: given, quiet: true })

export const signOut = (): Promise<null> => ask('/session', { method: 'DELETE', quiet: true })

/** Where the browser goes to sign in with the identity provider; it comes back to `to`. */
export const providerAddress = (to: string): string => `/api/v1/session/oidc${queryOf({ to })}`

export type Me = {
  readonly person: { readonly id: string; readonly name: string | null } | null
  readonly operator: boolean
  readonly permissions: Readonly<Record<string, readonly string[]>>
}

export const me = queryOptions({ queryKey: ['me'], staleTime: 60_000, queryFn: ({ signal }) => ask<Me>('/me', { signal }) })

/** Is the permission granted anywhere at all? */
export const mayAnywhere = ({ operator, permissions }: Me, permission: string): boolean =>
  operator ||
  Object.values(permissions)
    .flat()
    .some((pattern) => pattern === '*' || pattern === permission || (pattern.endsWith(':*') && permission.startsWith(pattern.slice(0, -1))))
