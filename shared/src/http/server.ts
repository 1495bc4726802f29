import type { KeyObject } from 'node:crypto'
import swagger from '@fastify/swagger'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import type { Registry } from 'prom-client'
import { verifyActorToken } from '../actor-token.ts'
import type { Actor } from '../aggregate.ts'
import type { Logger } from '../logger.ts'
import { observeRequests } from '../metrics.ts'
import { overloadDoor, publishWork, underDeadlines } from '../overload/door.ts'
import type { OverloadSettings } from '../overload/settings.ts'
import type { Work } from '../overload/work.ts'
import { languageOf, problemOf } from '../problem.ts'
import { refuse } from '../refusals.ts'
import { traceOf } from '../traceparent.ts'
import { compressed } from './compressed.ts'
import { demandPermissions } from './declared.ts'
import { endConnectionsOnClose } from './ended-connections.ts'
import { knownMoments } from './moments.ts'
import { demandText, unreadableAddress } from './readable.ts'

declare module 'fastify' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: Fastify's types are extended by merging
  interface FastifyContextConfig {
    /** A permission, `signed-in`, or `public`. A route without one is refused at start. */
    permission?: string
    /** What it is when not everything can be done; without it looking is a read, and changing a command. */
    work?: Work
  }
  // biome-ignore lint/style/useConsistentTypeDefinitions: as above
  interface FastifyRequest {
    actor: Actor | null
    /** The signed token of the actor, to hand on to other services. */
    actorToken: string | null
  }
}

export type Readiness = () => Promise<Record<string, boolean>>

/**
 * A service's Fastify: problem details, one validator for bodies (exact) and one for queries (text becomes numbers), signed actors, health. With
 * `overload` it guards a door of its own; without, a gateway in the same process does.
 */
export const buildApp = async (given: {
  name: string
  logger: Logger
  actorKey: KeyObject
  metrics: Registry
  ready: Readiness
  overload?: OverloadSettings
}): Promise<FastifyInstance> => {
  const door = given.overload && overloadDoor({ settings: given.overload, service: given.name, metrics: given.metrics, trusted: true })
  const app = Fastify({
    ...(door ? { serverFactory: door.serverFactory } : {}),
    loggerInstance: given.logger as FastifyBaseLogger,
    genReqId: (raw) => traceOf(raw.headers.traceparent as string | undefined).traceId,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1_048_576,
    trustProxy: 'loopback',
    forceCloseConnections: 'idle',
    // Whoever still comes on an open connection is answered, and the connection ends with the answer: nobody is turned away by a restart.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 250 },
    frameworkErrors: unreadableAddress,
  })
  endConnectionsOnClose(app)
  door?.attend(app)
  publishWork(app)
  underDeadlines(app)
  const exact = ajv(false)
  const lenient = ajv('array')
  app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === 'body' ? exact : lenient).compile(schema as object))

  demandText(app)

  observeRequests(app, given.metrics, given.name)
  app.decorateRequest('actor', null)
  app.decorateRequest('actorToken', null)
  app.addHook('onRequest', async (request) => {
    const permission = request.routeOptions.config.permission
    const bearer = request.headers.authorization
    if (bearer?.startsWith('Bearer ')) {
      request.actorToken = bearer.slice(7)
      request.actor = await verifyActorToken(request.actorToken, given.actorKey)
    }
    if (request.actor === null && permission !== 'public' && !request.is404) throw refuse('signed-out')
  })
  demandPermissions(app)

  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, {
      language: languageOf(request.headers['accept-language']),
      instance: `${request.headers['x-forwarded-prefix'] ?? ''}${request.url}`,
      traceId: request.id,
    })
    if (problem.status === 403) request.log.warn({ event: 'refused', code: problem.code, person: request.actor?.person, ...problem.params }, 'security')
    if (problem.status >= 500) request.log.error({ err: error }, 'unexpected')
    if (problem.status === 503 || problem.status === 429) reply.header('retry-after', String(problem.params?.seconds ?? 1))
    return reply.status(problem.status).type('application/problem+json').send(problem)
  })
  app.setNotFoundHandler((request) => {
    throw refuse('unknown-path', { path: request.url })
  })

  await compressed(app)
  await app.register(swagger, { openapi: { openapi: '3.1.1', info: { title: `Collegium ${given.name}`, version: '1' } } })
  app.get('/openapi.json', { schema: { hide: true }, config: { permission: 'public' } }, async () => app.swagger())
  app.get('/livez', { schema: { hide: true }, config: { permission: 'public', work: 'first' } }, async () => ({ live: true }))
  app.get('/readyz', { schema: { hide: true }, config: { permission: 'public', work: 'first' } }, async (_request, reply) => {
    const checks = await given.ready()
    return reply.status(Object.values(checks).every(Boolean) ? 200 : 503).send({ ready: Object.values(checks).every(Boolean), checks })
  })
  app.get('/metrics', { schema: { hide: true }, config: { permission: 'public', work: 'first' } }, async (_request, reply) =>
    reply.type(given.metrics.contentType).send(await given.metrics.metrics()),
  )
  return app
}

/** The actor of a route that let nobody in unsigned. */
export const actorOf = (request: FastifyRequest): Actor => {
  if (request.actor === null) throw refuse('signed-out')
  return request.actor
}

const ajv = (coerceTypes: boolean | 'array'): Ajv => {
  const made = new Ajv({ allErrors: true, verbose: true, strict: false, coerceTypes, useDefaults: true, removeAdditional: false })
  formats.default(made)
  knownMoments(made)
  return made
}
