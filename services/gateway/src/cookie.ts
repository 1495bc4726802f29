import type { FastifyReply, FastifyRequest } from 'fastify'
import { reject } from './rejections.ts'

/**
 * The session's cookie. Over https it is `__Host-collegium`: Secure, for this host and every path, so no other host of the domain can set it.
 * Browsers refuse such a cookie over plain http, so at localhost (a laptop, a test) it is `collegium` without Secure; elsewhere there is
 * no sign-in over plain http.
 */
export const cookieName = (request: FastifyRequest): string => (request.protocol === 'https' ? '__Host-collegium' : 'collegium')

export const setCookie = (request: FastifyRequest, reply: FastifyReply, name: string, value: string, seconds: number): void =>
  void reply.setCookie(name, value, { httpOnly: true, sameSite: 'lax', path: '/', secure: request.protocol === 'https', maxAge: seconds })

export const clearCookie = (request: FastifyRequest, reply: FastifyReply, name: string): void =>
  void reply.clearCookie(name, { httpOnly: true, sameSite: 'lax', path: '/', secure: request.protocol === 'https' })

/** Beside the session's cookie, for as long, and no secret: by it our pages know that there is a session to ask about (`services/console/src/api/here.ts`). */
const marker = 'collegium-here'

export const setSessionCookie = (request: FastifyRequest, reply: FastifyReply, secret: string, seconds: number): void => {
  setCookie(request, reply, cookieName(request), secret, seconds)
  void reply.setCookie(marker, '1', { sameSite: 'lax', path: '/', secure: request.protocol === 'https', maxAge: seconds })
}

export const clearSessionCookie = (request: FastifyRequest, reply: FastifyReply): void => {
  clearCookie(request, reply, cookieName(request))
  void reply.clearCookie(marker, { sameSite: 'lax', path: '/', secure: request.protocol === 'https' })
}

/** How the browser names this gateway: scheme, host and port. */
export const originOf = (request: FastifyRequest, publicUrl: string | null): string => publicUrl ?? `${request.protocol}://${request.host}`

/** Refuses a sign-in whose cookie would travel in the clear. */
export const demandPrivacy = (request: FastifyRequest): void => {
  if (request.protocol !== 'https' && !['localhost', '127.0.0.1', '[::1]', '::1'].includes(request.hostname))
    throw reject('https-needed', { origin: originOf(request, null) })
}
