import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { isOutage } from '../outage.ts'
import { Rejection, rejections, type Wording } from '../rejection.ts'

/** How a refusal crosses between services: a status that any gRPC client understands, and in a trailer all that rebuilds it. */

const statuses: Readonly<Partial<Record<Wording['status'], status>>> = {
  401: status.UNAUTHENTICATED,
  403: status.PERMISSION_DENIED,
  404: status.NOT_FOUND,
  409: status.FAILED_PRECONDITION,
  410: status.NOT_FOUND,
  412: status.FAILED_PRECONDITION,
  428: status.FAILED_PRECONDITION,
  429: status.RESOURCE_EXHAUSTED,
  500: status.INTERNAL,
  502: status.UNAVAILABLE,
  503: status.UNAVAILABLE,
  504: status.DEADLINE_EXCEEDED,
}
const trailer = 'collegium-rejection-bin'

export const reject = rejections({
  'no-answer': {
    status: 503,
    en: 'The service {service} did not answer in time ({reason}); try again in a moment.',
    zh: '服务 {service} 未能及时答复（{reason}），请稍后再试。',
  },
})

/** An error on its way out: `cause` is set only for what nobody expected, and is for the log of the answering side. */
export class StatusError extends Error {
  readonly code: status
  readonly details: string
  readonly metadata: Metadata

  constructor(code: status, details: string, metadata = new Metadata(), cause?: unknown) {
    super(details, cause === undefined ? {} : { cause })
    this.name = 'StatusError'
    this.code = code
    this.details = details
    this.metadata = metadata
  }
}

/** The status of an error that a handler threw. Rejections keep code, texts and parameters; anything unexpected tells the asker nothing. */
export const toStatus = (error: unknown): StatusError => {
  if (error instanceof StatusError) return error
  // A database that restarts is no fault of the question: whoever asked may wait and ask again.
  if (!(error instanceof Rejection) && isOutage(error))
    return new StatusError(status.UNAVAILABLE, 'Something that the answer needs is away.', new Metadata(), error)
  if (!(error instanceof Rejection)) return new StatusError(status.INTERNAL, 'The answer failed; its owner has logged why.', new Metadata(), error)
  const metadata = new Metadata()
  metadata.set(trailer, Buffer.from(JSON.stringify({ code: error.code, wording: error.wording, params: error.params })))
  return new StatusError(statuses[error.wording.status] ?? status.INVALID_ARGUMENT, error.message, metadata)
}

/**
 * The error that an asker gets: the owner's own Rejection; `no-answer` (503) when nobody answered in time; else a plain Error.
 * What is no status is given back as it is.
 */
export const fromStatus = (error: unknown, service: string): unknown => {
  if (!isStatus(error)) return error
  const [sent] = error.metadata.get(trailer)
  if (sent) {
    const { code, wording, params } = JSON.parse(sent.toString()) as Pick<Rejection, 'code' | 'wording' | 'params'>
    return new Rejection(code, wording, params)
  }
  if (isSilence(error)) return Object.assign(reject('no-answer', { service, reason: status[error.code] }), { cause: error })
  return new Error(`${service} answered ${status[error.code] ?? error.code}: ${error.details}`, { cause: error })
}

/** Nobody answered, as opposed to: someone refused. A question with a replicated answer may fall back on it. */
export const isNoAnswer = (error: unknown): boolean => error instanceof Rejection && error.code === 'no-answer'

const isSilence = ({ code }: ServiceError): boolean => code === status.UNAVAILABLE || code === status.DEADLINE_EXCEEDED || code === status.CANCELLED

const isStatus = (error: unknown): error is ServiceError => error instanceof Error && 'metadata' in error && 'details' in error
