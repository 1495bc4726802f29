import { createHmac, hkdfSync } from 'node:crypto'
import { refuse } from '@collegium/shared/refusals.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import { changePassword, findAccount } from './accounts.ts'
import type { Authority } from './authority.ts'
import { clearSessionCookie, demandPrivacy, setSessionCookie } from './cookie.ts'
import { demandOwnSite } from './cross-site.ts'
import { inSession, signedIn } from './identify.ts'
import type { GatewayOptions } from './options.ts'
import { checkPassword, hashPassword } from './password.ts'
import type { Principal, Principals } from './principal.ts'
import { reject } from './rejections.ts'
import { closeSession, openSession } from './sessions.ts'

const password = { maxLength: 200, secret: true } as const
export const NewPassword = Type.String({ ...password, minLength: 10, description: 'At least 10 characters.' })
export const AccountName = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._@-]{0,99}$', description: 'What somebody signs in with.' })

const SignIn = Type.Object(
  { account: Type.String({ minLength: 1, maxLength: 100 }), password: Type.String({ ...password, minLength: 1 }) },
  { additionalProperties: false },
)
const ChangePassword = Type.Object({ current: Type.String({ ...password, minLength: 1 }), next: NewPassword }, { additionalProperties: false })
const Nullable = Type.Union([Type.String(), Type.Null()])
export const SessionAnswer = Type.Object({
  account: Type.String(),
  person: Nullable,
  home: Nullable,
  operator: Type.Boolean(),
  by: Type.Enum(['session', 'token']),
  scope: Type.Union([Type.Array(Type.String()), Type.Null()]),
  expires: Type.String({ format: 'date-time' }),
  posts: Type.Array(Type.Object({ kind: Type.String(), unit: Type.String(), from: Type.String(), until: Nullable })),
})

/** Signing in and out with a password, and who one is. */
export const sessionRoutes = (app: FastifyInstance, options: GatewayOptions & { principals: Principals; authority: Authority }): void => {
  const { pool, principals, authority, settings } = options
  const url = '/api/v1/session'
  const tags = ['session']

  // Counted in Redis, which is to hold nobody's name: every gateway makes the same of it, and whoever reads it there nothing.
  const secret = hkdfSync('sha256', options.actorKey.export({ format: 'der', type: 'pkcs8' }), '', 'collegium sign-in attempts', 32)
  const attempter = (request: FastifyRequest): string => {
    const account = (request.body as { account?: string }).account ?? request.principal?.account
    return createHmac('sha256', Buffer.from(secret)).update(`${request.ip} ${account}`).digest('base64url')
  }
  const attempts = app.createRateLimit({
    max: settings.signInLimit,
    timeWindow: 60_000,
    keyGenerator: (request: FastifyRequest) => `sign-in ${attempter(request)}`,
  })
  const attempt = async (request: FastifyRequest): Promise<void> => {
    const counted = await attempts(request)
    if (counted.isAllowed || !counted.isExceeded) return
    request.log.warn({ event: 'sign-in-throttled' }, 'security')
    throw reject('too-many-attempts', { limit: settings.signInLimit, seconds: counted.ttlInSeconds })
  }
  const endSession = async (principal: Principal): Promise<void> => {
    await closeSession(pool, principal.hash)
    principals.ended(principal.account)
  }
  const told = (principal: Principal) => {
    const { person, home, operator, scope } = principal.actor
    return {
      account: principal.account,
      person,
      home,
      operator,
      by: principal.by,
      scope,
      expires: principal.expires.toISOString(),
      posts: authority.postsOf(person),
    }
  }

  app.get(
    `${url}/ways`,
    {
      schema: {
        operationId: 'waysToSignIn',
        tags,
        summary: 'How one may sign in here',
        response: { 200: Type.Object({ password: Type.Boolean(), oidc: Type.Boolean() }) },
      },
      config: { permission: 'public', work: 'first' },
    },
    async () => ({ password: settings.localSignIn, oidc: settings.oidc !== null }),
  )

  app.post(
    url,
    {
      schema: { operationId: 'openSession', tags, summary: 'Sign in with a password', body: SignIn, response: { 201: SessionAnswer } },
      config: { permission: 'public', work: 'first' },
    },
    async (request, reply) => {
      if (!settings.localSignIn) throw reject('password-sign-in-off')
      demandPrivacy(request)
      demandOwnSite(request, settings.publicUrl, { silentIsOwn: true })
      const { account: name, password: given } = request.body as Static<typeof SignIn>
      await attempt(request)
      const account = await findAccount(pool, name)
      const right = await checkPassword(account?.passwordHash ?? null, given)
      if (account === undefined || !right || account.disabledAt !== null) {
        request.log.warn({ event: 'sign-in-failed' }, 'security')
        throw reject('sign-in-failed')
      }
      if (request.principal?.by === 'session') await endSession(request.principal)
      const secret = await openSession(pool, account.account, settings.sessionHours)
      const principal = await principals.find('session', secret)
      if (principal === null) throw reject('sign-in-failed')
      setSessionCookie(request, reply, secret, settings.sessionHours * 3600)
      request.log.info({ event: 'signed-in', session: principal.reference, person: account.person }, 'security')
      return reply.status(201).header('cache-control', 'no-store').send(told(principal))
    },
  )

  app.get(
    url,
    { schema: { operationId: 'whoAmI', tags, summary: 'Who one is', response: { 200: SessionAnswer } }, config: { permission: 'signed-in', work: 'first' } },
    async (request, reply) => reply.header('cache-control', 'no-store').send(told(signedIn(request))),
  )

  app.delete(
    url,
    { schema: { operationId: 'signOut', tags, summary: 'Sign out', response: { 204: Type.Null() } }, config: { permission: 'public', work: 'first' } },
    async (request, reply) => {
      if (request.principal?.by === 'session') {
        await endSession(request.principal)
        request.log.info({ event: 'signed-out', session: request.principal.reference }, 'security')
      }
      clearSessionCookie(request, reply)
      return reply.status(204).send()
    },
  )

  app.post(
    `${url}/password`,
    {
      schema: {
        operationId: 'changePassword',
        tags,
        summary: 'Change one’s own password; other sessions end',
        body: ChangePassword,
        response: { 204: Type.Null() },
      },
      config: { permission: 'signed-in', work: 'first' },
    },
    async (request, reply) => {
      const principal = inSession(request)
      if (!settings.localSignIn) throw reject('password-sign-in-off')
      await attempt(request)
      const { current, next } = request.body as Static<typeof ChangePassword>
      const account = await findAccount(pool, principal.account)
      if (!account) throw refuse('signed-out')
      if (!(await checkPassword(account.passwordHash, current))) throw reject('wrong-password')
      await changePassword(pool, account.account, await hashPassword(next), principal.hash)
      principals.ended(account.account)
      request.log.info({ event: 'password-changed', session: principal.reference }, 'security')
      return reply.status(204).send()
    },
  )
}
