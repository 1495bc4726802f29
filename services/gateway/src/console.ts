import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { addPublic } from '@collegium/shared/http/declared.ts'
import { refuse } from '@collegium/shared/refusals.ts'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GatewayOptions } from './options.ts'

/** The console's built files: hashed ones for ever, its page always asked anew; any page address of the console answers with that page. */
export const consoleFiles = async (app: FastifyInstance, { consoleFolder, logger }: GatewayOptions): Promise<void> => {
  const built = consoleFolder !== null && existsSync(join(consoleFolder, 'index.html'))
  if (!built) logger.warn({ consoleFolder }, 'console-not-built')
  else
    await addPublic(app, async () =>
      app.register(fastifyStatic, {
        root: consoleFolder,
        wildcard: true,
        preCompressed: true,
        cacheControl: false,
        schemaHide: true,
        setHeaders: (reply, path) => {
          const hashed = path.includes('/assets/') && /-[\w-]{8,}\.\w+(\.br|\.gz)?$/.test(path)
          void reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
        },
      }),
    )
  app.setNotFoundHandler((request, reply) => {
    if (built && isPage(request)) return (reply as FastifyReply & { sendFile: (name: string) => FastifyReply }).sendFile('index.html')
    throw refuse('unknown-path', { path: request.url.split('?', 1)[0] })
  })
}

/** Does a browser ask for a page of the console, rather than a program for a file or an answer? */
const isPage = (request: FastifyRequest): boolean =>
  ['GET', 'HEAD'].includes(request.method) &&
  !request.url.startsWith('/api') &&
  (request.headers.accept ?? '').includes('text/html') &&
  !/\.\w+$/.test(request.url.split('?', 1)[0] as string)
