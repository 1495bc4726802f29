import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Registry } from 'prom-client'
import { histogram } from './measuring.ts'

/**
 * How long each answer took, for the `/metrics` of a process. Apps of one process share the histogram and differ by `service`. The route is the
 * pattern (`/activities/:id`), never the address; `upstream` names the service that a gateway asked. Streams count when they end.
 */
export const observeRequests = (
  app: FastifyInstance,
  registry: Registry,
  service: string,
  upstreamOf: (request: FastifyRequest) => string = () => '',
): void => {
  const seconds = histogram(registry, 'http_server_request_duration_seconds')
  app.addHook('onResponse', async (request, reply) => {
    const labels = {
      service,
      http_request_method: request.method,
      http_route: request.routeOptions.url ?? 'unknown',
      upstream: upstreamOf(request),
      // What was hijacked has its status on the raw answer only.
      http_response_status_code: reply.raw.statusCode,
    }
    seconds.observe(labels, reply.elapsedTime / 1_000)
  })
}
