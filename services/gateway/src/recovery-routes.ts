import { keysOf, Listing, PageOf } from '@collegium/shared/http/paging.ts'
import { refuse } from '@collegium/shared/refusals.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import { type Account, findAccount, reopenAccount, resetPassword } from './accounts.ts'
import type { Authority } from './authority.ts'
import { inSession } from './identify.ts'
import type { GatewayOptions } from './options.ts'
import { hashPassword } from './password.ts'
import type { Principals } from './principal.ts'
import { reject } from './rejections.ts'
import { AccountName, NewPassword } from './session-routes.ts'
import { KnownToken, listTokens, revokeToken } from './tokens.ts'

const url = '/api/v1/accounts/:account'
const tags = ['accounts']
const OneAccount = Type.Object({ account: AccountName })
const OneToken = Type.Object({ account: AccountName, id: Type.String({ format: 'uuid' }) })
const Reset = Type.Object({ password: NewPassword }, { additionalProperties: false })
const Asked = Listing({})

type Parts = GatewayOptions & { principals: Principals; authority: Authority }

/** What officers do when an account is lost, closed by mistake, or in wrong hands. Only in a session: a leaked token must not reach further accounts. */
export const recoveryRoutes = (app: FastifyInstance, { pool, settings, principals, authority }: Parts): void => {
  const named = async (request: FastifyRequest): Promise<Account> => {
    const { account: name } = request.params as { account: string }
    const account = await findAccount(pool, name)
    if (!account) throw refuse('unknown-id', { aggregate: 'account', id: name })
    return account
  }
  const allowAt = (request: FastifyRequest, permission: string, account: Account): Promise<void> =>
    authority.allow(inSession(request).actor, permission, account.operator ? null : account.home)
  /** Whoever gives an account back, or sets its password, could use it: the permission must cover every post that comes with the person. */
  const allowOver = async (request: FastifyRequest, permission: string, account: Account): Promise<void> => {
    await allowAt(request, permission, account)
    for (const post of authority.postsOf(account.person)) await authority.allow(inSession(request).actor, permission, post.unit)
  }

  app.post(
    `${url}/reopening`,
    {
      schema: {
        operationId: 'reopenAccount',
        tags,
        summary: 'Open a closed account again; its old sessions and tokens stay ended',
        params: OneAccount,
        response: { 204: Type.Null() },
      },
      config: { permission: 'accounts:open' },
    },
    async (request, reply) => {
      const account = await named(request)
      await allowOver(request, 'accounts:open', account)
      if (await reopenAccount(pool, account.account)) {
        principals.ended(account.account)
        request.log.info({ event: 'account-reopened', by: inSession(request).reference, person: account.person }, 'security')
      }
      return reply.status(204).send()
    },
  )

  app.put(
    `${url}/password`,
    {
      schema: {
        operationId: 'resetPassword',
        tags,
        summary: 'Set a new password for somebody who lost theirs; all sessions of the account end',
        params: OneAccount,
        body: Reset,
        response: { 204: Type.Null() },
      },
      config: { permission: 'accounts:reset' },
    },
    async (request, reply) => {
      const account = await named(request)
      await allowOver(request, 'accounts:reset', account)
      if (!settings.localSignIn) throw reject('password-sign-in-off')
      if (account.disabledAt !== null) throw reject('account-closed', { account: account.account })
      await resetPassword(pool, account.account, await hashPassword((request.body as Static<typeof Reset>).password))
      principals.ended(account.account)
      request.log.info({ event: 'password-reset', by: inSession(request).reference, person: account.person }, 'security')
      return reply.status(204).send()
    },
  )

  app.get(
    `${url}/tokens`,
    {
      schema: {
        operationId: 'tokensOfAccount',
        tags,
        summary: 'Somebody’s bearer tokens, oldest first; never the tokens themselves',
        params: OneAccount,
        querystring: Asked,
        response: { 200: PageOf(KnownToken) },
      },
      config: { permission: 'tokens:revoke' },
    },
    async (request) => {
      const account = await named(request)
      await allowAt(request, 'tokens:revoke', account)
      const { limit, cursor } = request.query as Static<typeof Asked>
      return listTokens(pool, account.account, keysOf(cursor, 1), limit)
    },
  )

  app.delete(
    `${url}/tokens/:id`,
    {
      schema: {
        operationId: 'revokeTokenOfAccount',
        tags,
        summary: 'Revoke one of somebody’s bearer tokens',
        params: OneToken,
        response: { 204: Type.Null() },
      },
      config: { permission: 'tokens:revoke' },
    },
    async (request, reply) => {
      const account = await named(request)
      await allowAt(request, 'tokens:revoke', account)
      const { id } = request.params as Static<typeof OneToken>
      if (!(await revokeToken(pool, account.account, id))) throw refuse('unknown-id', { aggregate: 'token', id })
      principals.ended(account.account)
      request.log.info({ event: 'token-revoked', token: id, by: inSession(request).reference, person: account.person }, 'security')
      return reply.status(204).send()
    },
  )
}
