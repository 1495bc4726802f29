import { queryOptions } from '@tanstack/react-query'
import type { Commands, Reads } from './generated/schema.ts'
import { isHere, leaveHere } from './here.ts'
import { ask, queryOf } from './http.ts'
import { Problem } from './problem.ts'
import { reading } from './read.ts'

export type Session = Reads['/session']['answer']

/** The session; null when nobody is signed in. */
export const session = queryOptions({
  queryKey: ['session'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }): Promise<Session | null> => {
    if (!isHere()) return null
    try {
      return await ask<Session>('/session', { signal, quiet: true })
    } catch (error) {
      if (!(error instanceof Problem && error.status === 401)) throw error
      leaveHere()
      return null
    }
  },
})

export const waysToSignIn = reading('/session/ways')

export const signIn = (given: Commands['openSession']['body']): Promise<Session> => ask('/session', { method: 'POST', body: given, quiet: true })

export const signOut = (): Promise<null> => ask('/session', { method: 'DELETE', quiet: true })

/** Where the browser goes to sign in with the identity provider; it comes back to `to`. */
export const providerAddress = (to: string): string => `/api/v1/session/oidc${queryOf({ to })}`

export type Me = Reads['/me']['answer']

export const me = queryOptions({ ...reading('/me'), staleTime: 60_000 })
