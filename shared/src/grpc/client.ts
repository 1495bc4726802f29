import {
  type CallOptions,
  type ChannelCredentials,
  type Client,
  type ClientOptions,
  type ClientReadableStream,
  type ClientUnaryCall,
  Metadata,
  type ServiceError,
  status,
} from '@grpc/grpc-js'
import type { Actor } from '../aggregate.ts'
import { currentDeadline, demandTime } from '../overload/deadline.ts'
import { type Credentials, checkAddress } from './credentials.ts'
import { fromStatus } from './status.ts'
import { sendTrace } from './trace.ts'

/** The token that carries an actor to another service: the one that came in, or one signed anew. */
export type Sign = (actor: Actor) => string

type ClientClass<C extends Client> = new (address: string, credentials: ChannelCredentials, options?: Partial<ClientOptions>) => C
type Method<Request, Response> = (
  request: Request,
  metadata: Metadata,
  options: Partial<CallOptions>,
  callback: (error: ServiceError | null, response: Response) => void,
) => ClientUnaryCall
type StreamMethod<Request, Response> = (request: Request, metadata?: Metadata, options?: Partial<CallOptions>) => ClientReadableStream<Response>
type Own<C> = Exclude<keyof C, keyof Client>
type Unary<C> = { [M in Own<C>]: C[M] extends StreamMethod<any, any> ? never : C[M] extends Method<any, any> ? M : never }[Own<C>]
type Streaming<C> = { [M in Own<C>]: C[M] extends StreamMethod<any, any> ? M : never }[Own<C>]
type RequestOf<F> = F extends Method<infer Request, any> ? Request : F extends StreamMethod<infer Request, any> ? Request : never
type ResponseOf<F> = F extends (...given: any[]) => ClientReadableStream<infer Response> ? Response : F extends Method<any, infer Response> ? Response : never

/** What the factory knows of a client, and a question needs. */
const known = new WeakMap<Client, { readonly service: string; readonly sign: Sign }>()

const channel: ClientOptions = {
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 5_000,
  'grpc.keepalive_permit_without_calls': 1,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 2_000,
  'grpc.max_receive_message_length': 64 * 1024 * 1024,
  // Retrying is ours: it must stay inside the deadline of the question.
  'grpc.enable_retries': 0,
  'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
}

export type Clients = { readonly client: <C extends Client>(kind: ClientClass<C>, service: string) => C; readonly close: () => void }

/**
 * Clients of other services, made at the first use and kept: `client(AttendanceClient, 'activities')`. Addresses are read then, so that
 * servers of the same process may start first. Throws for a service without an address.
 */
export const clientFactory = (given: {
  readonly addresses: Readonly<Record<string, string>>
  readonly credentials: Credentials
  readonly sign: Sign
}): Clients => {
  const clients = new Map<string, Map<ClientClass<any>, Client>>()
  return {
    client: <C extends Client>(kind: ClientClass<C>, service: string): C => {
      const ofService = clients.get(service) ?? new Map<ClientClass<any>, Client>()
      clients.set(service, ofService)
      const found = ofService.get(kind)
      if (found) return found as C
      const address = given.addresses[service]
      if (address === undefined) throw new Error(`No gRPC address for ${service}; known are ${Object.keys(given.addresses).join(', ') || 'none'}.`)
      const made = new kind(checkAddress(address, given.credentials), given.credentials.client, channel)
      known.set(made, { service, sign: given.sign })
      ofService.set(kind, made)
      return made
    },
    close: () => {
      for (const ofService of clients.values()) for (const each of ofService.values()) each.close()
      clients.clear()
    },
  }
}

export type Asking = {
  /** On whose behalf: an actor, or a token as it came in. Nobody, or the system: the service asks for itself. */
  readonly actor?: Actor | string | null
  readonly signal?: AbortSignal
}

/**
 * Asks one question: `await ask(client, 'ofPerson', { person, from, to }, { actor })`. Waits for the connection, repeats twice when the
 * other side is unavailable, and never takes longer than `deadlineMs`, nor longer than the request on whose behalf it asks. Throws the owner's
 * Rejection, `no-answer` or `too-late` (503).
 */
export const ask = async <C extends Client, M extends Unary<C>>(
  client: C,
  method: M,
  request: RequestOf<C[M]>,
  { deadlineMs = 1000, ...given }: Asking & { readonly deadlineMs?: number } = {},
): Promise<ResponseOf<C[M]>> => {
  demandTime()
  const theirs = currentDeadline()
  const deadline = Date.now() + Math.min(deadlineMs, theirs?.leftMs() ?? deadlineMs)
  const asking = theirs === null || given.signal ? given : { ...given, signal: theirs.signal() }
  for (let attempt = 1; ; attempt++) {
    try {
      return await askOnce(client, method, request, asking, deadline)
    } catch (error) {
      asking.signal?.throwIfAborted()
      const pause = 20 * 2 ** attempt * (0.5 + Math.random())
      if ((error as ServiceError).code !== status.UNAVAILABLE || attempt > 2 || Date.now() + pause >= deadline) throw fromStatus(error, serviceOf(client))
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}

const askOnce = <C extends Client, M extends Unary<C>>(client: C, method: M, request: RequestOf<C[M]>, asking: Asking, deadline: number) =>
  new Promise<ResponseOf<C[M]>>((resolve, fail) => {
    asking.signal?.throwIfAborted()
    const cancel = () => call.cancel()
    const send = (client[method] as Method<unknown, ResponseOf<C[M]>>).bind(client)
    const call = send(request, metadataFor(client, asking), { deadline }, (error, response) => {
      asking.signal?.removeEventListener('abort', cancel)
      if (error) fail(error)
      else resolve(response)
    })
    asking.signal?.addEventListener('abort', cancel, { once: true })
  })

/**
 * Reads a server's stream, at the reader's pace: `for await (const { entry } of askStream(client, 'replay', {…}, { deadlineMs: 10_000 }))`.
 * Leaving the loop or aborting the signal cancels it. Without `deadlineMs` it may stay open for ever; keepalive finds a dead connection.
 */
export const askStream = async function* <C extends Client, M extends Streaming<C>>(
  client: C,
  method: M,
  request: RequestOf<C[M]>,
  { deadlineMs, signal, ...asking }: Asking & { readonly deadlineMs?: number } = {},
): AsyncGenerator<ResponseOf<C[M]>, void, undefined> {
  signal?.throwIfAborted()
  const open = (client[method] as StreamMethod<unknown, ResponseOf<C[M]>>).bind(client)
  const call = open(request, metadataFor(client, asking), deadlineMs === undefined ? {} : { deadline: Date.now() + deadlineMs })
  const cancel = () => call.cancel()
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    for await (const item of call) yield item as ResponseOf<C[M]>
  } catch (error) {
    signal?.throwIfAborted()
    throw fromStatus(error, serviceOf(client))
  } finally {
    signal?.removeEventListener('abort', cancel)
    call.cancel()
  }
}

const metadataFor = (client: Client, { actor }: Asking): Metadata => {
  const metadata = new Metadata({ waitForReady: true })
  const token = typeof actor === 'string' ? actor : actor && actor.person !== null ? known.get(client)?.sign(actor) : undefined
  if (token !== undefined) metadata.set('authorization', `Bearer ${token}`)
  else if (actor && typeof actor !== 'string' && actor.person !== null) throw new Error('A client that asks for a person comes from clientFactory().')
  sendTrace(metadata)
  return metadata
}

const serviceOf = (client: Client): string => known.get(client)?.service ?? client.getChannel().getTarget()
