import { readConfig, Secret } from '@collegium/shared/config.ts'
import { OverloadEnvironment, type OverloadSettings, overloadSettings } from '@collegium/shared/overload/settings.ts'
import Type, { type Static } from 'typebox'

/** What the environment may say about the gateway, in both forms. */
export const GatewayEnvironment = Type.Object({
  ...OverloadEnvironment.properties,
  COLLEGIUM_RATE_LIMIT: Type.Integer({ minimum: 1, default: 600, description: 'Requests a second of one session, token or (signed out) address.' }),
  COLLEGIUM_SIGN_IN_LIMIT: Type.Integer({ minimum: 1, default: 10, description: 'Sign-ins a minute for one account from one address.' }),
  COLLEGIUM_SESSION_HOURS: Type.Integer({ minimum: 1, maximum: 720, default: 12 }),
  COLLEGIUM_UPSTREAM_TIMEOUT_MS: Type.Integer({ minimum: 100, default: 30_000, description: 'How long a service may take to begin its answer.' }),
  COLLEGIUM_UPSTREAM_PATIENCE_MS: Type.Integer({ minimum: 0, default: 15_000, description: 'How long requests wait for a service that restarts.' }),
  COLLEGIUM_TRUST_PROXY: Type.String({ default: 'loopback', description: 'Whose X-Forwarded-* headers count: addresses, or names as loopback.' }),
  COLLEGIUM_PUBLIC_URL: Type.Optional(Type.String({ pattern: '^https?://[^/]+$', description: 'How browsers reach the gateway, if not as the request says.' })),
  COLLEGIUM_LOCAL_SIGN_IN: Type.Optional(Type.Boolean({ description: 'Passwords; on unless an OIDC issuer is set.' })),
  COLLEGIUM_OIDC_ISSUER: Type.Optional(Type.String({ pattern: '^https?://' })),
  COLLEGIUM_OIDC_CLIENT_ID: Type.Optional(Type.String({ minLength: 1 })),
  COLLEGIUM_OIDC_CLIENT_SECRET: Type.Optional(Secret()),
  COLLEGIUM_OIDC_CLAIM: Type.String({ default: 'preferred_username', description: 'The claim that names the account.' }),
})

export type OidcSettings = { readonly issuer: string; readonly clientId: string; readonly clientSecret: string; readonly claim: string }

export type Settings = {
  readonly rateLimit: number
  readonly signInLimit: number
  readonly sessionHours: number
  readonly upstreamTimeout: number
  readonly upstreamPatience: number
  readonly overload: OverloadSettings
  readonly trustProxy: string
  readonly publicUrl: string | null
  readonly localSignIn: boolean
  readonly oidc: OidcSettings | null
}

/** Reads the settings. Throws a `ConfigFault` that lists every fault. */
export const readSettings = (environment: Readonly<Record<string, string | undefined>> = process.env): Settings =>
  settingsOf(readConfig(GatewayEnvironment, environment))

const settingsOf = (env: Static<typeof GatewayEnvironment>): Settings => {
  const oidc = oidcOf(env)
  return {
    rateLimit: env.COLLEGIUM_RATE_LIMIT,
    signInLimit: env.COLLEGIUM_SIGN_IN_LIMIT,
    sessionHours: env.COLLEGIUM_SESSION_HOURS,
    upstreamTimeout: env.COLLEGIUM_UPSTREAM_TIMEOUT_MS,
    upstreamPatience: env.COLLEGIUM_UPSTREAM_PATIENCE_MS,
    overload: overloadSettings(env),
    trustProxy: env.COLLEGIUM_TRUST_PROXY,
    publicUrl: env.COLLEGIUM_PUBLIC_URL ?? null,
    localSignIn: env.COLLEGIUM_LOCAL_SIGN_IN ?? oidc === null,
    oidc,
  }
}

const oidcOf = (env: Static<typeof GatewayEnvironment>): OidcSettings | null => {
  const { COLLEGIUM_OIDC_ISSUER: issuer, COLLEGIUM_OIDC_CLIENT_ID: clientId, COLLEGIUM_OIDC_CLIENT_SECRET: clientSecret } = env
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return null
  if (issuer === undefined || clientId === undefined || clientSecret === undefined)
    throw new Error('COLLEGIUM_OIDC_ISSUER, COLLEGIUM_OIDC_CLIENT_ID and COLLEGIUM_OIDC_CLIENT_SECRET belong together: set all three, or none')
  return { issuer, clientId, clientSecret, claim: env.COLLEGIUM_OIDC_CLAIM }
}
