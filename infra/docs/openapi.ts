import { generateKeyPairSync } from 'node:crypto'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { Registry } from 'prom-client'
import { accountRoutes } from '../../services/gateway/src/account-routes.ts'
import { oidcRoutes } from '../../services/gateway/src/oidc.ts'
import { openSessionRoutes } from '../../services/gateway/src/open-session-routes.ts'
import { sessionRoutes } from '../../services/gateway/src/session-routes.ts'
import { tokenRoutes } from '../../services/gateway/src/token-routes.ts'
import { mountAggregate } from '../../shared/src/http/commands.ts'
import { buildApp } from '../../shared/src/http/server.ts'
import { makeLogger } from '../../shared/src/logger.ts'
import type { Kernel, Service } from '../../shared/src/service.ts'

type Operation = { [key: string]: unknown }
type Document = {
  paths?: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, unknown>; securitySchemes?: unknown }
  [key: string]: unknown
}

/** One OpenAPI 3.1 document of the gateway and all services, as they are served below /api/v1; `x-permission` says what each operation needs. Mounts every route without any engine. */
export const openapiDocument = async (services: readonly Service[]): Promise<Document> => {
  const paths: Document['paths'] = {}
  const schemas: Record<string, unknown> = {}
  const documents = [
    await documentOf('gateway', mountGateway),
    ...(await Promise.all(services.map((service) => documentOf(service.name, mountService(service))))),
  ]
  for (const document of documents) {
    for (const [path, item] of Object.entries(document.paths ?? {})) paths[path.replace('/api/v1', '')] = item
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

type Mount = (app: FastifyInstance) => void

const documentOf = async (name: string, mount: Mount): Promise<Document> => {
  const { publicKey } = generateKeyPairSync('ed25519')
  const app = await buildApp({ name, logger: makeLogger(name, 'silent'), actorKey: publicKey, metrics: new Registry(), ready: async () => ({}) })
  await app.register(rateLimit, { global: false })
  const permissions = new Map<string, string | undefined>()
  app.addHook('onRoute', ({ method, url, config }) => {
    permissions.set(`${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`, config?.permission)
  })
  mount(app)
  await app.ready()
  const document = app.swagger() as unknown as Document
  await app.close()
  for (const [path, item] of Object.entries(document.paths ?? {}))
    for (const [method, operation] of Object.entries(item)) operation['x-permission'] = permissions.get(`${method.toUpperCase()} ${path}`)
  return document
}

const mountService =
  (service: Service): Mount =>
  (app) => {
    const kernel = mountingOnly(service.name)
    for (const aggregate of service.aggregates) mountAggregate(app, aggregate, { kernel, handle: kernel.execute as never })
    const routes = service.routes as ((...given: never[]) => void) | undefined
    routes?.(app as never, kernel as never, {} as never)
  }

const mountGateway: Mount = (app) => {
  const options = { settings: { oidc: null, signInLimit: 1 }, actorKey: generateKeyPairSync('ed25519').privateKey } as never
  for (const routes of [sessionRoutes, openSessionRoutes, oidcRoutes, accountRoutes, tokenRoutes] as ((app: FastifyInstance, options: never) => void)[])
    routes(app, options)
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
