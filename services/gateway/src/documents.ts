import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addPublic } from '@collegium/shared/http/declared.ts'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { openapiOf } from './contracts.ts'
import type { GatewayOptions } from './options.ts'

const resolve = createRequire(import.meta.url).resolve
const swaggerFiles = join(dirname(resolve('@fastify/swagger-ui')), 'static')
const asyncapiFiles = join(dirname(resolve('@asyncapi/react-component/package.json')))
const pages = fileURLToPath(new URL('../pages', import.meta.url))
const open = { schema: { hide: true }, config: { permission: 'public' } } as const

/** The viewer of events compiles its schema checks from text as it loads. So this one page may evaluate; it shows nothing that users wrote. */
const evaluating =
  "default-src 'self';script-src 'self' 'unsafe-eval';img-src 'self' data:;object-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'"

/** The public documents and a page for each. All files are served from here; nothing comes from elsewhere. */
export const documents = async (app: FastifyInstance, { contracts }: GatewayOptions): Promise<void> => {
  const merged = cachedBy(contracts, ({ openapi }) => JSON.stringify(openapiOf(app.swagger() as Record<string, unknown>, openapi)))
  const events = cachedBy(contracts, ({ asyncapi }) => JSON.stringify(asyncapi))
  app.get('/api/openapi.json', open, async (_request, reply) => reply.type('application/json').header('cache-control', 'no-cache').send(merged()))
  app.get('/api/asyncapi.json', open, async (_request, reply) => reply.type('application/json').header('cache-control', 'no-cache').send(events()))

  const page = (path: string, file: string, policy?: string): void => {
    const text = readFileSync(join(pages, file))
    app.get(path.slice(0, -1), open, async (_request, reply) => reply.redirect(path))
    app.get(path, open, async (_request, reply) => {
      if (policy !== undefined) reply.header('content-security-policy', policy)
      return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(text)
    })
  }
  page('/api/', 'openapi.html')
  page('/api/asyncapi/', 'asyncapi.html', evaluating)
  const files = { decorateReply: false, index: false as const, maxAge: '1d', schemaHide: true }
  await addPublic(app, async () => {
    await app.register(fastifyStatic, { ...files, root: pages, prefix: '/api/pages/' })
    await app.register(fastifyStatic, { ...files, root: swaggerFiles, prefix: '/api/swagger-ui/' })
    await app.register(fastifyStatic, {
      ...files,
      root: [join(asyncapiFiles, 'browser/standalone'), join(asyncapiFiles, 'styles')],
      prefix: '/api/asyncapi-ui/',
    })
  })
}

const cachedBy = <From extends object>(source: () => From, make: (from: From) => string): (() => string) => {
  const made = new WeakMap<From, string>()
  return () => {
    const from = source()
    const text = made.get(from) ?? make(from)
    made.set(from, text)
    return text
  }
}
