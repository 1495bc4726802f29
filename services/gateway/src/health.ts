import type { FastifyInstance } from 'fastify'
import { Histogram } from 'prom-client'
import type { Authority } from './authority.ts'
import { signedIn } from './identify.ts'
import type { GatewayOptions } from './options.ts'

/** Is it alive, may it get traffic, what does it measure. */
export const health = (app: FastifyInstance, { pool, metrics, authority }: GatewayOptions & { authority: Authority }): void => {
  const seconds = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'How long the gateway took to answer, by the service that did the work.',
    labelNames: ['method', 'upstream', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [metrics],
  })
  app.addHook('onResponse', async (request, reply) => {
    seconds.observe({ method: request.method, upstream: request.upstream ?? 'gateway', status: reply.raw.statusCode }, reply.elapsedTime / 1_000)
  })

  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  const open = { schema: { hide: true }, config: { permission: 'public', rateLimit: false } } as const
  app.get('/livez', open, async () => ({ live: true }))
  app.get('/readyz', open, async (_request, reply) => {
    const postgres = await pool.query('select 1').then(
      () => true,
      () => false,
    )
    const ready = postgres && !closing
    return reply.status(ready ? 200 : 503).send({ ready, checks: { postgres, open: !closing } })
  })
  // From this machine (where a collector runs) without signing in; from elsewhere by whoever may.
  app.get('/metrics', { schema: { hide: true }, config: { permission: 'metrics:read', rateLimit: false } }, async (request, reply) => {
    if (!['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip))
      await authority.allow(signedIn(request).actor, 'metrics:read', request.principal?.actor.home ?? null)
    return reply.type(metrics.contentType).send(await metrics.metrics())
  })
}
