import { Server, type ServiceDefinition, status, type UntypedServiceImplementation } from '@grpc/grpc-js'
import { HealthImplementation } from 'grpc-health-check'
import type { Actor } from '../aggregate.ts'
import type { Logger } from '../logger.ts'
import { type Deadline, deadlineIn, withDeadline } from '../overload/deadline.ts'
import { Rejection } from '../rejection.ts'
import { admit } from './answer.ts'
import { type Callers, demandCaller } from './callers.ts'
import { type Credentials, checkAddress } from './credentials.ts'
import { reflectionOf } from './reflection.ts'
import { reject, StatusError, toStatus } from './status.ts'
import { withTrace } from './trace.ts'

export type Answers = {
  readonly definition: ServiceDefinition
  readonly implementation: UntypedServiceImplementation
  /** Who may ask, method by method. Where processes have certificates, nobody else is answered; absent = nobody. */
  readonly callers?: Callers
}

export type GrpcServer = {
  /** host:port, with the real port when 0 was asked for. */
  readonly address: string
  /** Health says NOT_SERVING, streams end, calls may finish for `graceMs`; then whatever is left is cut. */
  readonly close: () => Promise<void>
}

/**
 * Serves the answers, health and reflection at one address (`127.0.0.1:0` takes a free port). `verify` turns the token that a call carries
 * into its actor, or throws. Failures that no rule explains are logged once and reach the asker as INTERNAL without details.
 */
export const serveGrpc = async (given: {
  readonly answers: readonly Answers[]
  readonly address: string
  readonly credentials: Credentials
  readonly verify: (token: string) => Actor | Promise<Actor>
  readonly log: Pick<Logger, 'error'>
  readonly graceMs?: number
}): Promise<GrpcServer> => {
  const server = new Server({ 'grpc.max_concurrent_streams': 1000, 'grpc.keepalive_time_ms': 30_000, 'grpc.keepalive_timeout_ms': 10_000 })
  const closing = new AbortController()
  const names = given.answers.map(({ definition }) => nameOf(definition))

  for (const { definition, implementation, callers = {} } of given.answers)
    server.addService(
      definition,
      Object.fromEntries(
        Object.keys(definition).map((method) => [
          method,
          guard(implementation[method] as Handler, { path: `${nameOf(definition)}/${method}`, callers: callers[method] ?? [] }, given, closing),
        ]),
      ),
    )
  const health = new HealthImplementation(Object.fromEntries(['', ...names].map((name) => [name, 'SERVING'])))
  health.addToServer(server)
  reflectionOf([...names, 'grpc.health.v1.Health']).addToServer(server)

  const port = await new Promise<number>((resolve, fail) =>
    server.bindAsync(checkAddress(given.address, given.credentials), given.credentials.server, (error, bound) => (error ? fail(error) : resolve(bound))),
  )
  return {
    address: given.address.replace(/:\d+$/, `:${port}`),
    close: async () => {
      for (const name of ['', ...names]) health.setStatus(name, 'NOT_SERVING')
      closing.abort(reject('no-answer', { service: names.join(', '), reason: 'closing' }))
      const timer = setTimeout(() => server.forceShutdown(), given.graceMs ?? 5000)
      await new Promise<void>((resolve) => server.tryShutdown(() => resolve()))
      clearTimeout(timer)
    },
  }
}

/** `collegium.membership.v1.Directory` */
const nameOf = (definition: ServiceDefinition): string => Object.values(definition)[0]?.path.split('/')[1] ?? ''

type Handler = (call: any, callback?: (error: any, ...rest: any[]) => void) => unknown

/** Before the handler: who asks, and a signal that fires when nobody waits any more. After it: the log of what should not have happened. */
const guard = (
  handler: Handler,
  { path, callers }: { readonly path: string; readonly callers: readonly string[] },
  { verify, log, credentials }: Pick<Parameters<typeof serveGrpc>[0], 'verify' | 'log' | 'credentials'>,
  closing: AbortController,
): Handler => {
  const report = (error: unknown): StatusError => {
    const failed = toStatus(error)
    if (failed.cause !== undefined) log.error({ err: failed.cause, path }, 'A gRPC answer failed')
    return failed
  }
  return async (call, callback) => {
    const left = new AbortController()
    const deadline = deadlineOf(call)
    call.on('cancelled', () => {
      left.abort()
      deadline?.leave()
    })
    const stream = callback === undefined
    if (stream) call.on('error', report)
    const fail = (error: unknown) => (stream ? call.emit('error', toStatus(error)) : callback(report(error)))
    try {
      // In plain text, which never leaves the machine, there is nothing to tell one process from another.
      if (credentials.secure) demandCaller(call, path, callers)
      const token = String(call.metadata.get('authorization')[0] ?? '').replace(/^Bearer /i, '')
      const actor = token === '' ? null : await accept(verify, token)
      admit(call, { actor, signal: stream ? AbortSignal.any([left.signal, closing.signal]) : left.signal })
      const reply =
        callback &&
        ((error: unknown, ...rest: unknown[]) => {
          deadline?.end()
          if (error) callback(report(error))
          else callback(null, ...rest)
        })
      withDeadline(deadline, () => withTrace(call.metadata, () => handler(call, reply)))
    } catch (error) {
      fail(error)
    }
  }
}

/** The time that the asker gives; a stream without one may last for ever. */
const deadlineOf = (call: { getDeadline: () => Date | number }): Deadline | null => {
  const until = Number(call.getDeadline())
  return Number.isFinite(until) ? deadlineIn(Math.max(0, until - Date.now())) : null
}

const accept = async (verify: (token: string) => Actor | Promise<Actor>, token: string): Promise<Actor> => {
  try {
    return await verify(token)
  } catch (cause) {
    if (cause instanceof Rejection) throw cause
    throw new StatusError(status.UNAUTHENTICATED, `The actor's token was not accepted: ${cause instanceof Error ? cause.message : 'no reason given'}`)
  }
}
