import { deadlineHeader, timeLeft } from '@collegium/shared/overload/door.ts'
import { segmentOf } from '@collegium/shared/overload/work.ts'
import { refuse } from '@collegium/shared/refusals.ts'
import replyFrom from '@fastify/reply-from'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { endless } from './endless.ts'
import type { GatewayOptions } from './options.ts'
import type { Principals } from './principal.ts'
import { prefix } from './services-behind.ts'

const limits: Readonly<Record<string, number>> = { imports: 20 * 1_048_576 }
const usualLimit = 1_048_576
const publicLogs = '/audit'

/** Everything under /api/v1 that the gateway does not answer itself goes to the service that owns the first segment. */
export const forwarding = async (
  app: FastifyInstance,
  options: GatewayOptions & { principals: Principals; serviceOf: (segment: string) => string | undefined },
): Promise<void> => {
  const { upstreams, principals, settings, serviceOf } = options
  const streams = endless(app, principals)

  await app.register(replyFrom, {
    disableRequestLogging: true,
    destroyAgent: true,
    // Each open stream of events holds a connection, so they are many; an answer may pause for as long as it likes once it has begun.
    undici: {
      connections: 4_096,
      pipelining: 1,
      keepAliveTimeout: 30_000,
      headersTimeout: settings.upstreamTimeout,
      bodyTimeout: 0,
      connect: { rejectUnauthorized: true },
    },
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

  app.all(`${prefix}/*`, { schema: { hide: true }, config: { permission: 'public' } }, async (request, reply) => {
    const path = request.url.slice(prefix.length)
    const segment = segmentOf(path)
    const service = serviceOf(segment)
    const upstream = service === undefined ? undefined : upstreams[service]
    if (service === undefined || upstream === undefined) throw refuse('unknown-path', { path: request.url.split('?', 1)[0] })
    const limit = limits[segment] ?? usualLimit
    if (Number(request.headers['content-length'] ?? 0) > limit) throw refuse('body-too-large', { limit: ` (${limit})` })
    request.upstream = service
    streams.watch(reply, request.principal)
    reply.header('cache-control', 'private, no-cache')
    const authorization = request.principal ? `Bearer ${principals.sign(request.principal)}` : undefined
    return upstream.forward(request, reply, { path, headers: { ...handedOn(request), authorization, 'x-forwarded-prefix': prefix } })
  })

  // The logs' files are for everybody, signed in or not; who asks is nobody's business.
  app.get(`${publicLogs}/*`, { schema: { hide: true }, config: { permission: 'public' } }, async (request, reply) => {
    const upstream = upstreams.audit
    if (upstream === undefined) throw refuse('unknown-path', { path: request.url.split('?', 1)[0] })
    request.upstream = 'audit'
    return upstream.forward(request, reply, { path: request.url, headers: { ...handedOn(request), authorization: undefined } })
  })
}

const handedOn = (request: FastifyRequest) => ({
  cookie: undefined,
  traceparent: request.trace.header,
  [deadlineHeader]: timeLeft(request.raw),
  'x-request-id': request.requestId,
  'x-forwarded-for': request.ip,
  'x-forwarded-proto': request.protocol,
  'x-forwarded-host': request.host,
})
