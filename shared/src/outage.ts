import { Rejection } from './rejection.ts'

const passingSqlStates = new Set(['40001', '40P01', '53300', '55P03', '57P01', '57P02', '57P03'])
const passingSystemCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'])
/** gRPC: deadline exceeded, resource exhausted, unavailable */
const passingGrpcCodes = new Set([4, 8, 14])

const passingStatuses = new Set([429, 503])

/** A rule's answer to a command, which asking again would not change. */
export const isRefusal = (error: unknown): boolean => error instanceof Rejection && !isPassing(error)
const isPassing = ({ wording, code }: Rejection): boolean => passingStatuses.has(wording.status) || code === 'too-busy'

/** Nothing came back: the connection is of no use any more, and what was asked may have happened. */
export const isSilence = (error: unknown): boolean => (error as { message?: string }).message === 'Query read timeout'

/** Is it something else that is down, rather than this event that cannot be handled? Then waiting helps and parking does not. */
export const isOutage = (error: unknown): boolean => {
  if (error instanceof Rejection) return isPassing(error)
  const { code, message, cause } = error as { code?: unknown; message?: string; cause?: unknown }
  if (typeof code === 'number') return passingGrpcCodes.has(code)
  if (typeof code === 'string' && (passingSqlStates.has(code) || passingSystemCodes.has(code) || code.startsWith('08'))) return true
  if (isSilence(error)) return true
  if (/^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(message ?? '')) return true
  return cause !== undefined && cause !== null && isOutage(cause)
}
