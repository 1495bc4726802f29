import type { FastifyRequest } from 'fastify'
import { originOf } from './cookie.ts'
import { reject } from './rejections.ts'

/**
 * A change that rides on a cookie must come from our own pages. Browsers say where a request comes from in `Sec-Fetch-Site`, older ones in
 * `Origin`; one that says neither is refused. Bearer tokens are never sent by a browser on its own, so they need none of this.
 */
export const demandOwnSite = (request: FastifyRequest, publicUrl: string | null, { silentIsOwn = false } = {}): void => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return
  const own = originOf(request, publicUrl)
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  if (site === undefined && origin === undefined && silentIsOwn) return
  if (site === undefined ? origin === own : site === 'same-origin' || site === 'none') return
  throw reject('cross-site', { own, from: origin ?? site ?? '—' })
}
