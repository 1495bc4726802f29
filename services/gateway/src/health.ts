import { observeRequests } from '@collegium/shared/metrics.ts'
import type { FastifyInstance } from 'fastify'
import type { Authority } from './authority.ts'
import { signedIn } from './identify.ts'
import type { GatewayOptions } from './options.ts'

/** Is it alive, may it get traffic, what does it measure. */
export const health = (app: FastifyInstance, { pool, metrics, authority }: GatewayOptions & { authority: Authority }): void => {
  observeRequests(app, metrics, 'gateway', (request) => request.upstream ?? 'gateway')

  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  const open = { schema: { hide: true }, config: { permission: 'public', rateLimit: false, work: 'first' } } as const
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
  app.get('/metrics', { schema: { hide: true }, config: { permission: 'metrics:read', rateLimit: false, work: 'first' } }, async (request, reply) => {
    if (!['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip))
      await authority.allow(signedIn(request).actor, 'metrics:read', request.principal?.actor.home ?? null)
    return reply.type(metrics.contentType).send(await metrics.metrics())
  })
}
