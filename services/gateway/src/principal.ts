import type { KeyObject } from 'node:crypto'
import { signActorToken } from '@collegium/shared/actor-token.ts'
import type { Actor } from '@collegium/shared/aggregate.ts'
import type { Pool } from 'pg'
import type { FanOut } from './fan-out.ts'
import { hashOf, isSecret, referenceOf } from './secret.ts'

/** Who stands at the door: an account, by a session's cookie or by a bearer token. */
export type Principal = {
  readonly by: 'session' | 'token'
  readonly hash: Buffer
  /** Names the session or token in logs. */
  readonly reference: string
  readonly account: string
  readonly actor: Actor
  readonly expires: Date
}

type Row = { account: string; person: string; home: string | null; operator: boolean; scope: string[] | null; expires: Date }
type Remembered = { principal: Principal; asked: number; token: string; signed: number }

/** Bearer tokens are told from other credentials by this prefix (also by scanners that look for leaked ones). */
export const tokenPrefix = 'clg_'

/** How long an answer of the database is believed while nobody says that it ended, and how long a signed actor token is sent again. */
const believed = 5_000
const resent = 30_000
const capacity = 50_000

const queries = {
  session: `select a.account, a.person, a.home, a.operator, null as scope, s.expires_at as expires from sessions s join accounts a using (account)
    where s.hash = $1 and s.expires_at > now() and a.disabled_at is null`,
  token: `select a.account, a.person, a.home, a.operator, t.permissions as scope, t.expires_at as expires from tokens t join accounts a using (account)
    where t.hash = $1 and t.revoked_at is null and t.expires_at > now() and a.disabled_at is null`,
}

/** Finds who a secret belongs to, and signs for them. What was found is remembered briefly and forgotten the moment it ends. */
export const principals = ({ pool, actorKey, fanOut }: { pool: Pool; actorKey: KeyObject; fanOut: FanOut }) => {
  const known = new Map<string, Remembered>()
  let endings = 0

  const drop = (account: string | null): void => {
    endings++
    for (const [key, { principal }] of known) if (account === null || principal.account === account) known.delete(key)
  }
  const heard: ((account: string | null) => void)[] = []
  const tell = (account: string | null): void => {
    for (const listener of heard) listener(account)
  }
  fanOut.subscribe((account) => {
    drop(account)
    tell(account)
  })

  const remembered = (key: string): Remembered | undefined => {
    const found = known.get(key)
    return found && fanOut.isLive() && performance.now() - found.asked < believed && found.principal.expires.getTime() > Date.now() ? found : undefined
  }

  return {
    /** Is the secret known without asking the database? */
    knows: (by: Principal['by'], secret: string): boolean => remembered(keyOf(by, secret)) !== undefined,

    find: async (by: Principal['by'], secret: string): Promise<Principal | null> => {
      if (!isSecret(secret)) return null
      const key = keyOf(by, secret)
      const found = remembered(key)
      if (found) return found.principal
      const before = endings
      const asked = performance.now()
      const hash = hashOf(secret)
      const row = (await pool.query<Row>({ name: `find-${by}`, text: queries[by], values: [hash] })).rows[0]
      const earlier = known.get(key)
      known.delete(key)
      if (!row) return null
      const principal = principalOf(by, hash, row)
      // Something ended while the question was under way: the answer may be older than that, so it is used once and not kept.
      if (endings === before) {
        if (known.size >= capacity) known.delete(known.keys().next().value as string)
        known.set(key, {
          principal,
          asked,
          ...(earlier && same(earlier.principal, principal) ? { token: earlier.token, signed: earlier.signed } : { token: '', signed: 0 }),
        })
      }
      return principal
    },

    /** The actor token of a principal, signed anew every half minute. */
    sign: (principal: Principal): string => {
      const entry = known.get(`${principal.by} ${principal.hash.toString('base64url')}`)
      if (entry && Date.now() - entry.signed < resent) return entry.token
      const { person, home, operator, scope } = principal.actor
      const token = signActorToken({ person, home, operator, scope, session: principal.reference }, actorKey)
      if (entry) Object.assign(entry, { token, signed: Date.now() })
      return token
    },

    /** Forgets all that an account opened, here and in every other gateway. */
    ended: (account: string): void => {
      drop(account)
      fanOut.publish(account)
      tell(account)
    },

    /** Called when something of an account ended, here or in another gateway; null = anything may have. */
    onEnded: (listener: (account: string | null) => void): void => void heard.push(listener),

    /** Does what let the principal in still stand, by the database? */
    stands: async ({ by, hash }: Principal): Promise<boolean> => (await pool.query(queries[by], [hash])).rows.length === 1,
  }
}

export type Principals = ReturnType<typeof principals>

const keyOf = (by: Principal['by'], secret: string): string => `${by} ${hashOf(secret).toString('base64url')}`

const principalOf = (by: Principal['by'], hash: Buffer, { account, person, home, operator, scope, expires }: Row): Principal => ({
  by,
  hash,
  reference: referenceOf(hash),
  account,
  actor: { person, home, operator, scope, system: null },
  expires,
})

const same = (a: Principal, b: Principal): boolean => JSON.stringify(a.actor) === JSON.stringify(b.actor)
