import { hkdfSync } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as oidc from 'openid-client'
import Type, { type Static } from 'typebox'
import { findAccount } from './accounts.ts'
import { clearCookie, cookieName, demandPrivacy, originOf, setCookie, setSessionCookie } from './cookie.ts'
import type { GatewayOptions } from './options.ts'
import { reject } from './rejections.ts'
import { openSession } from './sessions.ts'
import type { OidcSettings } from './settings.ts'

const url = '/api/v1/session/oidc'
const minutes = 10
const Begin = Type.Object({
  to: Type.String({ default: '/', pattern: '^/(?![/\\\\])[^\\x00-\\x1f]*$', maxLength: 500, description: 'The page to come back to.' }),
})
type Attempt = { state: string; nonce: string; verifier: string; to: string }

/** The key that signs the cookie of a sign-in under way; every gateway of an installation has the same. */
export const cookieSecret = ({ actorKey }: Pick<GatewayOptions, 'actorKey'>): string =>
  Buffer.from(hkdfSync('sha256', actorKey.export({ format: 'der', type: 'pkcs8' }), '', 'collegium sign-in cookie', 32)).toString('base64url')

/** Signing in with an identity provider: authorization code flow with PKCE. Its tokens end here; the browser gets an ordinary session. */
export const oidcRoutes = (app: FastifyInstance, { pool, settings }: GatewayOptions): void => {
  const provider = discovered(settings.oidc)
  const tags = ['session']

  app.get(
    url,
    {
      schema: { operationId: 'signInWithProvider', tags, summary: 'Go to the identity provider', querystring: Begin },
      config: { permission: 'public', work: 'first' },
    },
    async (request, reply) => {
      demandPrivacy(request)
      const found = await provider()
      const attempt: Attempt = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        to: (request.query as Static<typeof Begin>).to,
      }
      const target = oidc.buildAuthorizationUrl(found, {
        redirect_uri: `${originOf(request, settings.publicUrl)}${url}/callback`,
        scope: 'openid profile',
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      })
      setCookie(request, reply, attemptCookie(request), reply.signCookie(Buffer.from(JSON.stringify(attempt)).toString('base64url')), minutes * 60)
      return reply.header('cache-control', 'no-store').redirect(target.href)
    },
  )

  app.get(
    `${url}/callback`,
    { schema: { operationId: 'returnFromProvider', tags, summary: 'Come back from the identity provider' }, config: { permission: 'public', work: 'first' } },
    async (request, reply) => {
      const found = await provider()
      const attempt = takeAttempt(request, reply)
      const name = await accountOf(found, request, attempt)
      const account = await findAccount(pool, name)
      if (account === undefined || account.disabledAt !== null) {
        request.log.warn({ event: 'sign-in-failed', by: 'oidc' }, 'security')
        throw reject('account-unknown', { account: name })
      }
      const secret = await openSession(pool, account.account, settings.sessionHours)
      setSessionCookie(request, reply, secret, settings.sessionHours * 3600)
      request.log.info({ event: 'signed-in', by: 'oidc', person: account.person }, 'security')
      return reply.header('cache-control', 'no-store').redirect(attempt.to)
    },
  )

  const accountOf = async (found: oidc.Configuration, request: FastifyRequest, attempt: Attempt): Promise<string> => {
    const claim = (settings.oidc as OidcSettings).claim
    try {
      const tokens = await oidc.authorizationCodeGrant(found, new URL(request.url, originOf(request, settings.publicUrl)), {
        pkceCodeVerifier: attempt.verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
      })
      const claims = tokens.claims() as Record<string, unknown> & { sub: string }
      const told = claims[claim] ?? (await oidc.fetchUserInfo(found, tokens.access_token, claims.sub))[claim]
      if (typeof told !== 'string' || told === '') throw new Error(`the provider sent no claim ${claim}`)
      return told
    } catch (error) {
      request.log.warn({ event: 'sign-in-failed', by: 'oidc', error: (error as Error).message }, 'security')
      throw reject('oidc-failed', { why: (error as Error).message })
    }
  }
}

const attemptCookie = (request: FastifyRequest): string => `${cookieName(request)}-sign-in`

/** The attempt that this browser began. It serves once. */
const takeAttempt = (request: FastifyRequest, reply: FastifyReply): Attempt => {
  const sent = request.cookies[attemptCookie(request)]
  const opened = sent === undefined ? null : request.unsignCookie(sent)
  clearCookie(request, reply, attemptCookie(request))
  if (!opened?.valid) throw reject('oidc-failed', { why: 'this browser began no sign-in in the last minutes' })
  return JSON.parse(Buffer.from(opened.value, 'base64url').toString()) as Attempt
}

/** The provider's own description, asked when it is first needed: a provider that is down does not keep the gateway from starting. */
const discovered = (settings: OidcSettings | null): (() => Promise<oidc.Configuration>) => {
  let found: Promise<oidc.Configuration> | null = null
  return async () => {
    if (settings === null) throw reject('oidc-off')
    const issuer = new URL(settings.issuer)
    const plain = issuer.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(issuer.hostname)
    found ??= oidc.discovery(issuer, settings.clientId, settings.clientSecret, undefined, plain ? { execute: [oidc.allowInsecureRequests] } : undefined)
    try {
      return await found
    } catch (error) {
      found = null
      throw reject('oidc-failed', { why: (error as Error).message })
    }
  }
}
