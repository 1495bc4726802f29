import { keysOf, Listing, PageOf } from '@collegium/shared/http/paging.ts'
import { newId } from '@collegium/shared/ids.ts'
import { refuse } from '@collegium/shared/refusals.ts'
import { Instant, Line } from '@collegium/shared/schema.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import type { Authority } from './authority.ts'
import { inSession } from './identify.ts'
import type { GatewayOptions } from './options.ts'
import { type Principals, tokenPrefix } from './principal.ts'
import { reject } from './rejections.ts'
import { hashOf, newSecret } from './secret.ts'
import { KnownToken, listTokens, revokeToken } from './tokens.ts'

const longestLife = 366
const Permission = Type.String({ pattern: '^([a-z][a-z-]*:([a-z][a-z-]*|\\*)|\\*)$', description: 'As activities:read, or activities:*.' })
const MakeToken = Type.Object(
  { name: Line, permissions: Type.Array(Permission, { minItems: 1, maxItems: 50, uniqueItems: true }), expiresAt: Instant },
  { additionalProperties: false },
)
const shape = { id: Type.String(), name: Type.String(), permissions: Type.Array(Type.String()), expiresAt: Type.String() }
const Made = Type.Object({ ...shape, token: Type.String({ description: 'Shown this once.' }) })
const Asked = Listing({})

/**
 * Bearer tokens for other services. A token acts as its creator, narrowed to the permissions it was given; it can do what the creator's
 * posts allow at that moment and nothing once it is revoked or the creator's account is closed.
 */
export const tokenRoutes = (app: FastifyInstance, { pool, principals, authority }: GatewayOptions & { principals: Principals; authority: Authority }): void => {
  const url = '/api/v1/tokens'
  const tags = ['tokens']

  app.post(
    url,
    {
      schema: { operationId: 'makeToken', tags, summary: 'Make a bearer token', body: MakeToken, response: { 201: Made } },
      config: { permission: 'tokens:make' },
    },
    async (request, reply) => {
      const principal = inSession(request)
      const { name, permissions, expiresAt } = request.body as Static<typeof MakeToken>
      if (!(await authority.holds(principal.actor, 'tokens:make'))) await authority.allow(principal.actor, 'tokens:make', principal.actor.home)
      const beyond: string[] = []
      for (const permission of permissions) if (!(await authority.holds(principal.actor, permission))) beyond.push(permission)
      if (beyond.length > 0) throw reject('beyond-creator', { permissions: beyond.join(', ') })
      const life = Date.parse(expiresAt) - Date.now()
      if (!(life > 0 && life <= longestLife * 86_400_000)) throw reject('expiry-out-of-range', { days: longestLife, expiresAt })
      const secret = newSecret()
      const id = newId()
      await pool.query('insert into tokens (id, account, name, hash, permissions, expires_at) values ($1, $2, $3, $4, $5, $6)', [
        id,
        principal.account,
        name,
        hashOf(secret),
        permissions,
        expiresAt,
      ])
      request.log.info({ event: 'token-made', token: id, by: principal.reference, permissions }, 'security')
      return reply
        .status(201)
        .header('cache-control', 'no-store')
        .send({ id, name, permissions, expiresAt, token: `${tokenPrefix}${secret}` })
    },
  )

  app.get(
    url,
    {
      schema: { operationId: 'tokens', tags, summary: 'One’s own bearer tokens, oldest first', querystring: Asked, response: { 200: PageOf(KnownToken) } },
      config: { permission: 'signed-in' },
    },
    async (request) => {
      const { account } = inSession(request)
      const { limit, cursor } = request.query as Static<typeof Asked>
      return listTokens(pool, account, keysOf(cursor, 1), limit)
    },
  )

  app.delete(
    `${url}/:id`,
    {
      schema: {
        operationId: 'revokeToken',
        tags,
        summary: 'Revoke one’s own bearer token',
        params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
        response: { 204: Type.Null() },
      },
      config: { permission: 'signed-in' },
    },
    async (request, reply) => {
      const { account, reference } = inSession(request)
      const { id } = request.params as { id: string }
      if (!(await revokeToken(pool, account, id))) throw refuse('unknown-id', { aggregate: 'token', id })
      principals.ended(account)
      request.log.info({ event: 'token-revoked', token: id, by: reference }, 'security')
      return reply.status(204).send()
    },
  )
}
