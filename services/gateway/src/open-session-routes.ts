import { refuse } from '@collegium/shared/refusals.ts'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { inSession } from './identify.ts'
import type { GatewayOptions } from './options.ts'
import type { Principals } from './principal.ts'
import { referenceOf } from './secret.ts'
import { closeSession, listSessions } from './sessions.ts'

const OpenSession = Type.Object({
  id: Type.String({ description: 'Names the session; nobody can use it to sign in.' }),
  openedAt: Type.String({ format: 'date-time' }),
  expiresAt: Type.String({ format: 'date-time' }),
  isThis: Type.Boolean({ description: 'Is it the one that asks?' }),
})

/** Where else one is signed in, and ending that: a device left behind is signed out from any other. */
export const openSessionRoutes = (app: FastifyInstance, { pool, principals }: GatewayOptions & { principals: Principals }): void => {
  const url = '/api/v1/session/all'
  const tags = ['session']

  app.get(
    url,
    {
      schema: {
        operationId: 'openSessions',
        tags,
        summary: 'One’s own sessions, the latest first',
        response: { 200: Type.Object({ items: Type.Array(OpenSession) }) },
      },
      config: { permission: 'signed-in' },
    },
    async (request, reply) => {
      const { account, reference } = inSession(request)
      const items = (await listSessions(pool, account)).map(({ hash, openedAt, expiresAt }) => ({
        id: referenceOf(hash),
        openedAt: openedAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        isThis: referenceOf(hash) === reference,
      }))
      return reply.header('cache-control', 'no-store').send({ items })
    },
  )

  app.delete(
    `${url}/:id`,
    {
      schema: {
        operationId: 'endSession',
        tags,
        summary: 'End one of one’s own sessions: whoever uses it is signed out at once',
        params: Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{16}$' }) }),
        response: { 204: Type.Null() },
      },
      config: { permission: 'signed-in' },
    },
    async (request, reply) => {
      const { account, reference } = inSession(request)
      const { id } = request.params as { id: string }
      const found = (await listSessions(pool, account)).find(({ hash }) => referenceOf(hash) === id)
      if (!found) throw refuse('unknown-id', { aggregate: 'session', id })
      await closeSession(pool, found.hash)
      principals.ended(account)
      request.log.info({ event: 'session-ended', session: id, by: reference }, 'security')
      return reply.status(204).send()
    },
  )
}
