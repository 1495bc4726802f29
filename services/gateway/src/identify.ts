import { refuse } from '@collegium/shared/refusals.ts'
import { type Trace, traceOf } from '@collegium/shared/traceparent.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { cookieName } from './cookie.ts'
import { demandOwnSite } from './cross-site.ts'
import type { GatewayOptions } from './options.ts'
import { type Principal, type Principals, tokenPrefix } from './principal.ts'
import { reject } from './rejections.ts'

declare module 'fastify' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with Fastify's own
  interface FastifyRequest {
    /** Who asks; null when signed out. */
    principal: Principal | null
    trace: Trace
    /** The client's own name for the request, or the trace's. */
    requestId: string
    /** The service that answered; null for the gateway itself. */
    upstream: string | null
  }
}

/** How many wrong credentials a second one address may try before it has to wait. */
const strangers = 20

/** Before everything else: which request this is, and who sent it. */
export const identifying = (app: FastifyInstance, { principals, settings }: GatewayOptions & { principals: Principals }): void => {
  app.decorateRequest('principal', null)
  app.decorateRequest('trace')
  app.decorateRequest('requestId', '')
  app.decorateRequest('upstream', null)

  app.addHook('onRequest', async (request, reply) => {
    request.trace = traceOf(request.headers.traceparent)
    const named = request.headers['x-request-id']
    request.requestId = typeof named === 'string' && /^[\w.:-]{1,100}$/.test(named) ? named : request.trace.traceId
    reply.header('x-request-id', request.requestId)
    const credential = credentialOf(request)
    if (credential === null) return
    const [by, secret] = credential
    if (!principals.knows(by, secret)) await wrong(request, { increment: false })
    request.principal = await principals.find(by, secret)
    if (request.principal === null) await wrong(request)
    if (by === 'session' && request.principal !== null) demandOwnSite(request, settings.publicUrl)
    if (by === 'token' && request.principal === null) throw reject('token-refused')
  })

  const count = app.createRateLimit({ max: strangers, timeWindow: 1_000, keyGenerator: (request: FastifyRequest) => `stranger ${request.ip}` })
  const wrong = async (request: FastifyRequest, how?: { increment: boolean }): Promise<void> => {
    const counted = await count(request, how)
    if (!counted.isAllowed && counted.isExceeded) throw refuse('too-many-requests', { limit: strangers, seconds: counted.ttlInSeconds })
  }
}

/** A bearer token wins over a cookie: whoever sends one means it. */
const credentialOf = (request: FastifyRequest): [Principal['by'], string] | null => {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return ['token', bearer.startsWith(tokenPrefix) ? bearer.slice(tokenPrefix.length) : '']
  const cookie = request.cookies[cookieName(request)]
  return cookie === undefined ? null : ['session', cookie]
}

/** The principal of a route that needs one. */
export const signedIn = (request: FastifyRequest): Principal => {
  if (request.principal === null) throw refuse('signed-out')
  return request.principal
}

/** The principal of a route that a bearer token may not use. */
export const inSession = (request: FastifyRequest): Principal => {
  const principal = signedIn(request)
  if (principal.by !== 'session') throw reject('session-needed')
  return principal
}
