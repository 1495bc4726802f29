import { compressed } from '@collegium/shared/http/compressed.ts'
import { demandPermissions } from '@collegium/shared/http/declared.ts'
import { endConnectionsOnClose } from '@collegium/shared/http/ended-connections.ts'
import { knownMoments } from '@collegium/shared/http/moments.ts'
import { demandText, unreadableAddress } from '@collegium/shared/http/readable.ts'
import { overloadDoor, publishWork, underDeadlines } from '@collegium/shared/overload/door.ts'
import { languageOf, problemOf } from '@collegium/shared/problem.ts'
import { refuse } from '@collegium/shared/refusals.ts'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import helmet from 'helmet'
import { accountRoutes } from './account-routes.ts'
import { authority } from './authority.ts'
import { consoleFiles } from './console.ts'
import { documents } from './documents.ts'
import { followErasures } from './erasures.ts'
import { alone, overRedis } from './fan-out.ts'
import { forwarding } from './forward.ts'
import { health } from './health.ts'
import { identifying } from './identify.ts'
import { cookieSecret, oidcRoutes } from './oidc.ts'
import { openSessionRoutes } from './open-session-routes.ts'
import type { GatewayOptions } from './options.ts'
import { warmUp } from './password.ts'
import { principals } from './principal.ts'
import { servicesBehind } from './services-behind.ts'
import { sessionRoutes } from './session-routes.ts'
import { sharedCounts } from './shared-counts.ts'
import { tokenRoutes } from './token-routes.ts'

/** The public door: a Fastify that lets people in and hands what they want to the services. Listening and closing is the caller's. */
export const buildGateway = async (options: GatewayOptions): Promise<FastifyInstance> => {
  const { settings, logger, redis } = options
  const behind = servicesBehind(options.contracts)
  const door = overloadDoor({
    settings: settings.overload,
    service: 'gateway',
    metrics: options.metrics,
    trusted: false,
    partOf: behind.serviceAt,
    workOf: behind.workOf,
  })
  const app = Fastify({
    serverFactory: door.serverFactory,
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: settings.trustProxy,
    bodyLimit: 1_048_576,
    requestTimeout: 120_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 250 },
    frameworkErrors: unreadableAddress,
  }) as unknown as FastifyInstance
  endConnectionsOnClose(app)
  door.attend(app)
  demandPermissions(app)
  publishWork(app)
  underDeadlines(app)
  const fanOut = redis ? overRedis(redis, logger) : alone
  app.addHook('onClose', async () => fanOut.close())
  const parts = { ...options, principals: principals({ ...options, fanOut }), authority: authority(options) }
  if (options.erasures) {
    const following = followErasures({ ...parts, erasures: options.erasures })
    app.addHook('onClose', async () => following.close())
  }

  const [exact, lenient] = [validator(false), validator('array')]
  app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === 'body' ? exact : lenient).compile(schema as object))
  problems(app)
  demandText(app)

  await compressed(app)
  await app.register(swagger, { openapi: { openapi: '3.1.1', info: { title: 'Collegium', version: '1' }, servers: [{ url: '/' }] } })
  await app.register(cookie, { secret: cookieSecret(options) })
  const protect = helmet(headers)
  app.addHook('onRequest', (request, reply, done) => {
    protect(request.raw, reply.raw, () => {
      if (request.protocol !== 'https') reply.raw.removeHeader('strict-transport-security')
      done()
    })
  })
  await app.register(rateLimit, {
    max: settings.rateLimit,
    timeWindow: 1_000,
    enableDraftSpec: true,
    skipOnError: true,
    ...(redis ? { store: sharedCounts(redis, 'collegium.gateway.rate.') } : {}),
    keyGenerator: (request) => (request.principal ? `${request.principal.by} ${request.principal.reference}` : request.ip),
    errorResponseBuilder: (_request, { max, ttl }) => refuse('too-many-requests', { limit: max, seconds: Math.ceil(ttl / 1_000) }),
  })
  identifying(app, parts)

  health(app, parts)
  sessionRoutes(app, parts)
  openSessionRoutes(app, parts)
  oidcRoutes(app, options)
  accountRoutes(app, parts)
  tokenRoutes(app, parts)
  await app.register(async (own) => documents(own, options))
  await app.register(async (own) => forwarding(own, { ...parts, serviceOf: behind.serviceOf }))
  await consoleFiles(app, options)
  await warmUp()
  return app
}

/** Everything that the gateway itself refuses, as problem details in the reader's language. */
const problems = (app: FastifyInstance): void => {
  app.setErrorHandler((error, request, reply) => {
    const language = languageOf(request.headers['accept-language'])
    const problem = problemOf(error, { language, instance: request.url, traceId: request.trace?.traceId ?? '' })
    if (problem.status === 403)
      request.log.warn({ event: 'refused', code: problem.code, person: request.principal?.actor.person, ...problem.params }, 'security')
    if (problem.code === 'unexpected') request.log.error({ err: error, traceId: problem.traceId }, 'unexpected')
    if ([429, 503].includes(problem.status)) reply.header('retry-after', String(problem.params?.seconds ?? 1))
    // The rest of a body that nobody will read must not keep the connection.
    if (problem.status === 413) reply.header('connection', 'close')
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="collegium"')
    return reply
      .status(problem.status)
      .type('application/problem+json')
      .headers({ 'content-language': language === 'zh' ? 'zh-CN' : 'en', 'cache-control': 'no-store' })
      .send(problem)
  })
}

/** Nothing inline, nothing from elsewhere, in nobody's frame. */
const headers = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'same-origin' },
  frameguard: { action: 'deny' },
  crossOriginEmbedderPolicy: false,
} as const

const validator = (coerceTypes: false | 'array'): Ajv => {
  const made = new Ajv({ allErrors: true, verbose: true, strict: false, coerceTypes, useDefaults: true, removeAdditional: false })
  formats.default(made)
  knownMoments(made)
  return made
}
