import { generateKeyPairSync, sign } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { readActorToken, signActorToken, verifyActorToken } from './actor-token.ts'
import { Rejection } from './rejection.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const claims = { person: 'p-1', home: 'north', operator: false, scope: ['activities:read'], session: 's-1' }
const refused = (work: () => unknown): string | undefined => {
  try {
    work()
  } catch (error) {
    return error instanceof Rejection ? error.code : String(error)
  }
  return undefined
}
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('the actor token', () => {
  it('carries person, home, operator flag and scope to a service, and the session beside them', () => {
    const read = readActorToken(signActorToken(claims, privateKey), publicKey)
    expect(read.actor).toEqual({ person: 'p-1', home: 'north', operator: false, scope: ['activities:read'], system: null })
    expect(read.session).toBe('s-1')
    expect(verifyActorToken(signActorToken({ ...claims, operator: true, scope: null }, privateKey), privateKey)).toMatchObject({ operator: true, scope: null })
  })

  it('is an ordinary JWT: another implementation verifies it, and its tokens with our claims are read', async () => {
    const { payload, protectedHeader } = await jwtVerify(signActorToken(claims, privateKey), publicKey, { issuer: 'collegium-gateway', audience: 'collegium' })
    expect(protectedHeader.alg).toBe('EdDSA')
    expect(payload).toMatchObject({ sub: 'p-1', sid: 's-1', home: 'north' })
    const theirs = new SignJWT({ sid: 's', home: null, operator: false, scope: null }).setProtectedHeader({ alg: 'EdDSA', typ: 'JWT' })
    const token = await theirs.setSubject('p-2').setIssuer('collegium-gateway').setAudience('collegium').setExpirationTime('1m').sign(privateKey)
    expect(verifyActorToken(token, publicKey).person).toBe('p-2')
  })

  it('is refused once it has expired, also when it was read before', () => {
    const now = Date.now()
    const token = signActorToken(claims, privateKey, { now })
    expect(verifyActorToken(token, publicKey, now + 58_000).person).toBe('p-1')
    expect(refused(() => verifyActorToken(token, publicKey, now + 61_000))).toBe('actor-token-refused')
    expect(refused(() => verifyActorToken(token, publicKey, now + 61_000))).toBe('actor-token-refused')
  })

  it('is refused when any part was tampered with', () => {
    const [head, body, signature] = signActorToken(claims, privateKey).split('.') as [string, string, string]
    const raised = encode({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), operator: true })
    for (const token of [`${head}.${raised}.${signature}`, `${head}.${body}.`, `${head}.${body}`, `${head}.${body}.${signature}.x`, '', 'x.y.z'])
      expect(refused(() => verifyActorToken(token, publicKey))).toBe('actor-token-refused')
    const flipped = Buffer.from(signature, 'base64url')
    flipped[5] = (flipped[5] as number) ^ 1
    expect(refused(() => verifyActorToken(`${head}.${body}.${flipped.toString('base64url')}`, publicKey))).toBe('actor-token-refused')
  })

  it('is refused without a signature algorithm, with another one, or for another audience', () => {
    const [, body] = signActorToken(claims, privateKey).split('.') as [string, string, string]
    expect(refused(() => verifyActorToken(`${encode({ alg: 'none' })}.${body}.`, publicKey))).toBe('actor-token-refused')
    const other = `${encode({ alg: 'HS256', typ: 'JWT' })}.${body}`
    expect(refused(() => verifyActorToken(`${other}.${sign(null, Buffer.from(other), privateKey).toString('base64url')}`, publicKey))).toBe(
      'actor-token-refused',
    )
    const elsewhere = `${encode({ alg: 'EdDSA', typ: 'JWT' })}.${encode({ iss: 'collegium-gateway', aud: 'elsewhere', exp: 9e9 })}`
    const signed = `${elsewhere}.${sign(null, Buffer.from(elsewhere), privateKey).toString('base64url')}`
    expect(refused(() => verifyActorToken(signed, publicKey))).toBe('actor-token-refused')
  })

  it('is refused when another key signed it, also right after the right key let it in', () => {
    const token = signActorToken(claims, privateKey)
    expect(verifyActorToken(token, publicKey).person).toBe('p-1')
    expect(refused(() => verifyActorToken(token, generateKeyPairSync('ed25519').publicKey))).toBe('actor-token-refused')
  })
})
