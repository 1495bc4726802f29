import { keysOf, Listing, PageOf, pageOf } from '@collegium/shared/http/paging.ts'
import { refuse } from '@collegium/shared/refusals.ts'
import { Id } from '@collegium/shared/schema.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { type Account, disableAccount, findAccount, listAccounts, openAccount } from './accounts.ts'
import type { Authority } from './authority.ts'
import { signedIn } from './identify.ts'
import type { GatewayOptions } from './options.ts'
import { hashPassword } from './password.ts'
import type { Principals } from './principal.ts'
import { recoveryRoutes } from './recovery-routes.ts'
import { reject } from './rejections.ts'
import { AccountName, NewPassword } from './session-routes.ts'

const OpenAccount = Type.Object({ account: AccountName, person: Id, home: Id, password: Type.Optional(NewPassword) }, { additionalProperties: false })
const AccountAnswer = Type.Object({
  account: Type.String(),
  person: Type.String(),
  home: Type.Union([Type.String(), Type.Null()]),
  operator: Type.Boolean(),
  hasPassword: Type.Boolean(),
  disabledAt: Type.Union([Type.String(), Type.Null()]),
})
const Asked = Listing({})

/** Opening and closing accounts, by whoever may at the campus of the person. */
export const accountRoutes = (app: FastifyInstance, parts: GatewayOptions & { principals: Principals; authority: Authority }): void => {
  const { pool, homeOf, principals, authority } = parts
  recoveryRoutes(app, parts)
  const url = '/api/v1/accounts'
  const tags = ['accounts']

  app.post(
    url,
    {
      schema: {
        operationId: 'openAccount',
        tags,
        summary: 'Open an account for a person',
        body: OpenAccount,
        response: { 200: AccountAnswer, 201: AccountAnswer },
      },
      config: { permission: 'accounts:open' },
    },
    async (request, reply) => {
      const { actor, reference } = signedIn(request)
      const { password, ...account } = request.body as Static<typeof OpenAccount>
      await authority.allow(actor, 'accounts:open', account.home)
      // Whoever sets a first password could use it: so the permission must cover every post that comes with the person.
      for (const post of authority.postsOf(account.person)) await authority.allow(actor, 'accounts:open', post.unit)
      if ((await homeOf(account.person)) !== account.home) throw reject('person-elsewhere', { person: account.person, home: account.home })
      const isNew = await openAccount(pool, { ...account, passwordHash: password === undefined ? null : await hashPassword(password) })
      if (isNew) request.log.info({ event: 'account-opened', by: reference, person: account.person }, 'security')
      return reply.status(isNew ? 201 : 200).send(answerOf((await findAccount(pool, account.account)) as Account))
    },
  )

  app.get(
    url,
    {
      schema: { operationId: 'accounts', tags, summary: 'Accounts, by name', querystring: Asked, response: { 200: PageOf(AccountAnswer) } },
      config: { permission: 'accounts:read' },
    },
    async (request) => {
      const { actor } = signedIn(request)
      const homes = authority.unitsWhere(actor, 'accounts:read')
      if (homes?.length === 0) await authority.allow(actor, 'accounts:read', actor.home)
      const { limit, cursor } = request.query as Static<typeof Asked>
      const { items, nextCursor } = pageOf(await listAccounts(pool, homes, keysOf(cursor, 1)?.[0] ?? '', limit + 1), limit, (each) => [each.account])
      return { items: items.map(answerOf), nextCursor }
    },
  )

  app.delete(
    `${url}/:account`,
    {
      schema: {
        operationId: 'closeAccount',
        tags,
        summary: 'Close an account: its sessions and tokens end at once',
        params: Type.Object({ account: AccountName }),
        response: { 204: Type.Null() },
      },
      config: { permission: 'accounts:close' },
    },
    async (request, reply) => {
      const { actor, reference } = signedIn(request)
      const { account: name } = request.params as { account: string }
      const account = await findAccount(pool, name)
      if (!account) throw refuse('unknown-id', { aggregate: 'account', id: name })
      await authority.allow(actor, 'accounts:close', account.operator ? null : account.home)
      await disableAccount(pool, name)
      principals.ended(name)
      request.log.info({ event: 'account-closed', by: reference, person: account.person }, 'security')
      return reply.status(204).send()
    },
  )
}

const answerOf = ({ account, person, home, operator, passwordHash, disabledAt }: Account): Static<typeof AccountAnswer> => ({
  account,
  person,
  home,
  operator,
  hasPassword: passwordHash !== null,
  disabledAt: disabledAt?.toISOString() ?? null,
})
