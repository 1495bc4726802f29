import { type KeyObject, sign, verify } from 'node:crypto'
import type { Actor } from './aggregate.ts'
import { refuse } from './refusals.ts'

/**
 * The actor token: how the gateway tells a service who asks. A JWT signed with Ed25519 (EdDSA) that lives for a minute; only people and the
 * tokens they made travel this way, never a service itself. It uses node:crypto directly because every request passes through here.
 */
export type ActorClaims = Pick<Actor, 'person' | 'home' | 'operator' | 'scope'> & {
  /** Names the session or bearer token in logs; not the secret itself. */
  readonly session: string
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The one header that is ever written or read: comparing it whole leaves no room for another algorithm. */
const header = encode({ alg: 'EdDSA', typ: 'JWT' })
const issuer = 'collegium-gateway'
const audience = 'collegium'

/** Signs who asks. `seconds` is the token's life; `now` is milliseconds since 1970. */
export const signActorToken = (claims: ActorClaims, privateKey: KeyObject, { seconds = 60, now = Date.now() } = {}): string => {
  const { person, home, operator, scope, session } = claims
  const issued = Math.floor(now / 1000)
  const body = `${header}.${encode({ iss: issuer, aud: audience, sub: person, iat: issued, exp: issued + seconds, sid: session, home, operator, scope })}`
  return `${body}.${sign(null, Buffer.from(body), privateKey).toString('base64url')}`
}

type Verified = { readonly actor: Actor; readonly session: string; readonly expires: number }

/** The token that an actor came with: what a service hands on when it asks others on the actor's behalf. */
const carried = new WeakMap<Actor, string>()

/** Throws for an actor who came without a token: the system asks for itself. */
export const tokenOf = (actor: Actor): string => {
  const token = carried.get(actor)
  if (token === undefined) throw new Error('This actor came without a token')
  return token
}

/** Tokens that were verified with a key, until they expire: the gateway sends the same one for half a minute. */
const verified = new WeakMap<KeyObject, Map<string, Verified>>()
const remembered = 10_000

/** The actor of a token. Throws 401 `actor-token-refused` unless it was signed with this key and is in force. A private key serves too. */
export const verifyActorToken = (token: string, key: KeyObject, now: number = Date.now()): Actor => readActorToken(token, key, now).actor

/** Like `verifyActorToken`, with the session it came from and when it ends (milliseconds since 1970). */
export const readActorToken = (token: string, key: KeyObject, now: number = Date.now()): Verified => {
  const known = verified.get(key) ?? new Map<string, Verified>()
  verified.set(key, known)
  const found = known.get(token) ?? check(token, key)
  if (found === null || found.expires <= now) {
    known.delete(token)
    throw refuse('actor-token-refused')
  }
  if (!known.has(token)) {
    if (known.size >= remembered) known.delete(known.keys().next().value as string)
    known.set(token, found)
    carried.set(found.actor, token)
  }
  return found
}

const check = (token: string, key: KeyObject): Verified | null => {
  const [head, body, signature, ...rest] = token.split('.')
  if (head !== header || body === undefined || signature === undefined || rest.length > 0) return null
  if (!verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))) return null
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, any>
  if (claims.iss !== issuer || claims.aud !== audience) return null
  const actor = { person: claims.sub, home: claims.home, operator: claims.operator === true, scope: claims.scope, system: null }
  return { actor: Object.freeze(actor), session: claims.sid, expires: claims.exp * 1000 }
}
