import { generateKeyPairSync } from 'node:crypto'
import { Registry } from 'prom-client'
import { mountAggregate } from '../../shared/src/http/commands.ts'
import { buildApp } from '../../shared/src/http/server.ts'
import { makeLogger } from '../../shared/src/logger.ts'
import type { Kernel, Service } from '../../shared/src/service.ts'

type Document = { paths?: Record<string, unknown>; components?: { schemas?: Record<string, unknown>; securitySchemes?: unknown }; [key: string]: unknown }

/** One OpenAPI 3.1 document of all services, as the gateway serves them below /api/v1. Mounts every route without any engine. */
export const openapiDocument = async (services: readonly Service[]): Promise<Document> => {
  const paths: Record<string, unknown> = {}
  const schemas: Record<string, unknown> = {}
  for (const service of services) {
    const document = await documentOf(service)
    Object.assign(paths, document.paths)
    Object.assign(schemas, document.components?.schemas)
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Collegium',
      version: '1.0.0',
      description:
        'Refusals are problem details (RFC 9457) with a `code`. Times are UTC. Commands take `Idempotency-Key` and `If-Match`; a read takes `Collegium-Position` to see the effect of a command.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ session: [] }, { token: [] }],
    tags: services.map((service) => ({ name: service.name })),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-collegium' }, token: { type: 'http', scheme: 'bearer' } },
      schemas,
    },
  }
}

const documentOf = async (service: Service): Promise<Document> => {
  const { publicKey } = generateKeyPairSync('ed25519')
  const app = await buildApp({
    name: service.name,
    logger: makeLogger(service.name, 'silent'),
    actorKey: publicKey,
    metrics: new Registry(),
    ready: async () => ({}),
  })
  const kernel = mountingOnly(service.name)
  for (const aggregate of service.aggregates) mountAggregate(app, aggregate, { kernel, handle: kernel.execute as never })
  service.routes?.(app, kernel)
  await app.ready()
  const document = app.swagger() as unknown as Document
  await app.close()
  return document
}

/** A kernel for mounting: routes are declared with it, and none is called. */
const mountingOnly = (name: string): Kernel =>
  new Proxy({ name, secret: () => Buffer.alloc(32) } as unknown as Kernel, {
    get: (kernel, property) =>
      Reflect.get(kernel, property) ??
      (() => {
        throw new Error(`kernel.${String(property)} was called while mounting ${name}`)
      }),
  })
