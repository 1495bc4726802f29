import type { IncomingHttpHeaders } from 'node:http'
import { refuse } from '@collegium/shared/refusals.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** What the gateway says to a service beside the client's own request. An absent value removes what the client sent. */
export type Handed = { readonly path: string; readonly headers: Readonly<Record<string, string | undefined>> }

/** The way to a service. Both adapters stream: bodies are neither parsed nor collected here. */
export type Upstream = { readonly forward: (request: FastifyRequest, reply: FastifyReply, handed: Handed) => FastifyReply }

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

/** A service at an address (`http://host:port`), over kept connections. The gateway's app has @fastify/reply-from. */
export const overHttp = (service: string, address: string): Upstream => ({
  forward: (request, reply, { path, headers }) =>
    reply.from(path, {
      getUpstream: () => address,
      // A retry belongs to the client, who has the idempotency key; retrying here would feed an overload.
      retryDelay: () => null,
      rewriteRequestHeaders: (_request, sent) => change({ ...sent } as IncomingHttpHeaders, headers),
      onError: (failed, { error }) => {
        request.log.warn({ code: (error as NodeJS.ErrnoException).code, service }, 'upstream-failed')
        const slow = (error as { statusCode?: number }).statusCode === 504
        failed.send(refuse(slow ? 'upstream-slow' : 'upstream-down', { service }))
      },
    }),
})

const change = (headers: IncomingHttpHeaders, changes: Handed['headers']): IncomingHttpHeaders => {
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) delete headers[name]
    else headers[name] = value
  }
  return headers
}
