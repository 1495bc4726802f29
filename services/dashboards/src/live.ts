import { drained } from '@collegium/shared/http/drained.ts'
import { Rejection } from '@collegium/shared/rejection.ts'
import type { FastifyReply } from 'fastify'

/** Changes within this pause are shown by one picture; an eye sees no difference. */
const pauseMs = 40
/** Proxies close a silent stream after a minute or less. */
const heartbeatMs = 15_000

/**
 * Server-sent events: sends `read()` at once and again after each change, never two at a time, until the client goes.
 * A slow client gets fewer pictures, not a queue of old ones.
 */
export const stream = (reply: FastifyReply, read: () => Promise<unknown>, subscribe: (changed: () => void) => () => void): void => {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { ...reply.getHeaders(), 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' } as Record<
    string,
    string
  >)
  let dirty = true
  let busy = false
  let open = true
  const send = async (): Promise<unknown> => {
    if (busy || !dirty || !open) return
    busy = true
    dirty = false
    try {
      const picture = await read()
      if (open && !raw.write(`data: ${JSON.stringify(picture)}\n\n`)) await drained(raw)
    } catch (error) {
      // Who may not look any more is shown no further picture; the reason comes with the next request.
      if (error instanceof Rejection) return raw.end()
      reply.log.error({ err: error }, 'live dashboard')
    }
    setTimeout(() => {
      busy = false
      void send()
    }, pauseMs).unref()
  }
  const stop = subscribe(() => {
    dirty = true
    void send()
  })
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs).unref()
  raw.on('close', () => {
    open = false
    clearInterval(heartbeat)
    stop()
  })
  void send()
}
