import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { refuse } from '@collegium/shared/refusals.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** What the gateway says to a service beside the client's own request. An absent value removes what the client sent. */
export type Handed = { readonly path: string; readonly headers: Readonly<Record<string, string | undefined>> }

/** The way to a service. Bodies are not parsed here; beyond a few kilobytes they stream. */
export type Upstream = { readonly forward: (request: FastifyRequest, reply: FastifyReply, handed: Handed) => FastifyReply | Promise<FastifyReply> }

/** A service in this process: its Fastify takes over the very socket. It must be ready. */
export const inProcess = (app: FastifyInstance): Upstream => ({
  forward: (request, reply, { path, headers }) => {
    const { raw } = request
    reply.hijack()
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value as string | string[])
    raw.url = path
    change(raw.headers, headers)
    app.routing(raw, reply.raw)
    return reply
  },
})

/** Larger bodies and answers are passed on as they come; such a body cannot be sent twice. */
const keptBytes = 65_536
/** How many requests wait for one service that is away; more are told at once. */
const mostHeld = 100
const pauseMs = { first: 50, most: 500 }

/** Nothing reached the service. */
const unreached = new Set(['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'])
/** The connection ended while the service may have been at it: only what is harmless twice is sent again. */
const cut = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

/**
 * A service at an address (`http://host:port`), over kept connections. The gateway's app has @fastify/reply-from. While the service is away, as
 * when it restarts, requests wait for it up to `patienceMs`; what may have reached it is sent again only if it reads or carries an Idempotency-Key.
 */
export const overHttp = (service: string, address: string, patienceMs = 0): Upstream => {
  let held = 0
  return {
    forward: async (request, reply, { path, headers }) => {
      const kept = await keptBody(request)
      const isRepeatable = ['GET', 'HEAD'].includes(request.method) || request.headers['idempotency-key'] !== undefined
      const until = performance.now() + patienceMs
      let isHeld = false
      const release = (): void => {
        if (isHeld) held -= 1
        isHeld = false
      }
      reply.raw.once('close', release)
      return reply.from(path, {
        getUpstream: () => address,
        ...(kept.body === undefined ? {} : { body: kept.body, contentType: request.headers['content-type'] ?? 'application/octet-stream' }),
        // Beyond a service that is away a retry belongs to the client, who has the key; retrying here would feed an overload.
        retryDelay: ({ err, attempt }) => {
          const code = codeOf(err)
          const mayTry = kept.isWhole && (unreached.has(code) || (isRepeatable && cut.has(code)))
          if (!mayTry || performance.now() > until || (!isHeld && held >= mostHeld)) {
            release()
            return null
          }
          if (!isHeld) held += 1
          isHeld = true
          return Math.min(pauseMs.first * 2 ** attempt, pauseMs.most) * (0.5 + Math.random())
        },
        onResponse: (_request, answer, response) => {
          release()
          const { stream, headers } = response as unknown as { stream: Readable; headers: IncomingHttpHeaders }
          // In one piece a small answer costs a fraction of what a stream does.
          if (!isSmall(headers)) answer.send(stream)
          else
            whole(stream).then(
              (body) => answer.send(body),
              () => answer.removeHeader('content-length').send(refuse('upstream-down', { service })),
            )
        },
        rewriteRequestHeaders: (_request, sent) => change({ ...sent } as IncomingHttpHeaders, headers),
        onError: (failed, { error }) => {
          release()
          request.log.warn({ code: (error as NodeJS.ErrnoException).code, service }, 'upstream-failed')
          const slow = (error as { statusCode?: number }).statusCode === 504
          failed.send(refuse(slow ? 'upstream-slow' : 'upstream-down', { service }))
        },
      })
    },
  }
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')

const isSmall = (headers: IncomingHttpHeaders): boolean => Number(headers['content-length'] ?? Number.NaN) <= keptBytes

/** A small body in memory, so that it can be sent again. */
const keptBody = async ({ body, headers }: FastifyRequest): Promise<{ body?: Buffer; isWhole: boolean }> => {
  if (body === undefined || body === null) return { isWhole: true }
  return isSmall(headers) ? { body: await whole(body as Readable), isWhole: true } : { isWhole: false }
}

const whole = (stream: Readable): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    stream
      .on('data', (chunk) => chunks.push(chunk))
      .once('end', () => resolve(Buffer.concat(chunks)))
      .once('error', reject)
      .once('close', () => reject(new Error('It ended before it was whole')))
  })

const change = (headers: IncomingHttpHeaders, changes: Handed['headers']): IncomingHttpHeaders => {
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) delete headers[name]
    else headers[name] = value
  }
  return headers
}
