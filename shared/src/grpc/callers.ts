import { status } from '@grpc/grpc-js'
import { StatusError } from './status.ts'

/** Which services may ask what, by method; `*` is every service of the house. What is not named, nobody may ask. */
export type Callers = Readonly<Record<string, readonly string[]>>

type Call = { getAuthContext?: () => { sslPeerCertificate?: { subjectaltname?: string } } | null }

/** Which service calls, by the name in its certificate; null in plain text, and where the certificate names several or none. */
export const callerOf = (call: Call): string | null => {
  const names = call.getAuthContext?.()?.sslPeerCertificate?.subjectaltname ?? ''
  const hosts = [...names.matchAll(/DNS:([a-z0-9-]+)(?=,|$)/g)].map(([, name]) => name as string).filter((name) => name !== 'localhost')
  return hosts.length === 1 ? (hosts[0] as string) : null
}

/** Throws PERMISSION_DENIED unless the calling service may ask this. */
export const demandCaller = (call: Call, path: string, callers: readonly string[]): void => {
  const caller = callerOf(call)
  if (caller !== null && (callers.includes(caller) || callers.includes('*'))) return
  throw new StatusError(status.PERMISSION_DENIED, `${caller ?? 'Whoever has no name in its certificate'} may not ask ${path}`)
}
