import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Histogram, type Registry } from 'prom-client'

const name = 'http_server_request_duration_seconds'
const labelNames = ['service', 'method', 'route', 'upstream', 'status'] as const

/**
 * How long each answer took, for the `/metrics` of a process. Apps of one process share the histogram and differ by `service`. `route` is the
 * pattern (`/activities/:id`), never the address; `upstream` names the service that a gateway asked. Streams count when they end.
 */
export const observeRequests = (
  app: FastifyInstance,
  registry: Registry,
  service: string,
  upstreamOf: (request: FastifyRequest) => string = () => '',
): void => {
  const found = registry.getSingleMetric(name) as Histogram<(typeof labelNames)[number]> | undefined
  const seconds =
    found ??
    new Histogram({
      name,
      help: 'How long an answer took, by route and status.',
      labelNames: [...labelNames],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [registry],
    })
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request
    // What was hijacked has its status on the raw answer only.
    const labels = { service, method, route: request.routeOptions.url ?? 'unknown', upstream: upstreamOf(request), status: reply.raw.statusCode }
    seconds.observe(labels, reply.elapsedTime / 1_000)
  })
}
