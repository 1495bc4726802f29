import { once } from 'node:events'
import type { handleServerStreamingCall, handleUnaryCall } from '@grpc/grpc-js'
import type { Actor } from '../aggregate.ts'
import { toStatus } from './status.ts'

/** Who asks and until when it matters. `actor` is null when the calling service asks for itself, not for a person. */
export type Asked = { readonly actor: Actor | null; readonly signal: AbortSignal }

const askedBy = new WeakMap<object, Asked>()

/** Notes who makes a call; `serveGrpc` does it before the handler runs. */
export const admit = (call: object, asked: Asked): void => {
  askedBy.set(call, asked)
}

/** An async function as a unary handler of grpc-js: `ofPerson: answer(async (request, { actor, signal }) => …)`. What it throws becomes a status. */
export const answer =
  <Request, Response>(reply: (request: NoInfer<Request>, asked: Asked) => Promise<NoInfer<Response>>): handleUnaryCall<Request, Response> =>
  (call, callback) => {
    const replied = (async () => reply(call.request, askedOf(call)))()
    replied.then(
      (response) => callback(null, response),
      (error: unknown) => callback(toStatus(error)),
    )
  }

/**
 * An async iterable as a server stream. The next item is asked for only when the reader has room. The signal fires when the reader leaves
 * or the server closes; a source that waits for something must heed it.
 */
export const answerStream =
  <Request, Response>(reply: (request: NoInfer<Request>, asked: Asked) => AsyncIterable<NoInfer<Response>>): handleServerStreamingCall<Request, Response> =>
  async (call) => {
    try {
      const asked = askedOf(call)
      for await (const item of reply(call.request, asked)) {
        if (asked.signal.aborted) break
        if (!call.write(item)) await once(call, 'drain', { signal: asked.signal })
      }
      askedOf(call).signal.throwIfAborted()
      call.end()
    } catch (error) {
      const signal = askedBy.get(call)?.signal
      if (!call.cancelled) call.emit('error', toStatus(signal?.aborted ? signal.reason : error))
    }
  }

const askedOf = (call: object): Asked => {
  const asked = askedBy.get(call)
  if (!asked) throw new Error('answer() needs a server of serveGrpc().')
  return asked
}
