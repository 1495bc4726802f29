import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Door, homes, openDoor, password } from './testing/door.ts'

let door: Door
let registrar: Record<string, string>
let operator: Record<string, string>
beforeAll(async () => {
  door = await openDoor()
  registrar = await door.signIn('registrar')
  operator = await door.signIn('operator')
  Object.assign(homes, { 'p-lost': 'north' })
  await call('POST', '/accounts', registrar, { account: 'lost', person: 'p-lost', home: 'north', password })
})
afterAll(() => door.close())

const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, headers: Record<string, string>, payload?: object) =>
  door.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })
const fresh = 'a password of today'

describe('an account in need', () => {
  it('[PL-16] is opened again by who may open it, and what was ended with it stays ended', async () => {
    const before = await door.signIn('lost')
    await door.pool.query(`insert into tokens (id, account, name, hash, permissions, expires_at)
      values (gen_random_uuid(), 'lost', 'old', 'x', '{"a:b"}', now() + interval '1 day')`)
    expect((await call('DELETE', '/accounts/lost', registrar)).statusCode).toBe(204)
    await expect(door.signIn('lost')).rejects.toThrow('sign-in-failed')
    expect((await call('POST', '/accounts/lost/reopening', await door.signIn('chair'))).json()).toMatchObject({
      status: 403,
      params: { permission: 'accounts:open' },
    })
    expect((await call('POST', '/accounts/lost/reopening', registrar)).statusCode).toBe(204)
    expect((await call('POST', '/accounts/lost/reopening', registrar)).statusCode).toBe(204)
    expect(await door.signIn('lost')).toHaveProperty('cookie')
    expect((await call('GET', '/session', before)).statusCode).toBe(401)
    expect((await door.pool.query(`select from tokens where account = 'lost' and revoked_at is null`)).rowCount).toBe(0)
  })

  it('[PL-16] gets a new password from an officer, and every session of it ends', async () => {
    const theirs = await door.signIn('lost')
    expect((await call('PUT', '/accounts/lost/password', registrar, { password: fresh })).statusCode).toBe(204)
    expect((await call('GET', '/session', theirs)).statusCode).toBe(401)
    await expect(door.signIn('lost')).rejects.toThrow('sign-in-failed')
    expect(await door.signIn('lost', fresh)).toHaveProperty('cookie')
    expect((await call('PUT', '/accounts/lost/password', registrar, { password: 'short' })).json()).toMatchObject({ status: 400 })
  })

  it('[PL-13] is out of reach for officers whose permission does not cover every post of the person, and for tokens', async () => {
    expect((await call('PUT', '/accounts/dean/password', registrar, { password: fresh })).json()).toMatchObject({ status: 403, params: { unit: 'fed' } })
    expect((await call('PUT', '/accounts/operator/password', registrar, { password: fresh })).statusCode).toBe(403)
    expect((await call('PUT', '/accounts/lost/password', await door.signIn('chair'), { password: fresh })).statusCode).toBe(403)
    expect((await call('PUT', '/accounts/nobody/password', registrar, { password: fresh })).json()).toMatchObject({ status: 404 })
    expect((await call('PUT', '/accounts/dean/password', operator, { password })).statusCode).toBe(204)
    const until = new Date(Date.now() + 60_000).toISOString()
    const { token } = (await call('POST', '/tokens', operator, { name: 't', permissions: ['*'], expiresAt: until })).json()
    expect((await call('PUT', '/accounts/lost/password', { authorization: `Bearer ${token}` }, { password })).json()).toMatchObject({ code: 'session-needed' })
  })

  it('[PL-16] loses one token and keeps the others', async () => {
    const chair = await door.signIn('chair')
    const make = async () =>
      (await call('POST', '/tokens', chair, { name: 't', permissions: ['activities:read'], expiresAt: new Date(Date.now() + 60_000).toISOString() })).json()
    const [one, other] = [await make(), await make()]
    const works = async ({ token }: { token: string }) => (await call('GET', '/echo', { authorization: `Bearer ${token}` })).statusCode === 200
    expect((await call('DELETE', `/accounts/chair/tokens/${one.id}`, await door.signIn('dean'))).json()).toMatchObject({
      status: 403,
      params: { permission: 'tokens:revoke' },
    })
    const listed = await call('GET', '/accounts/chair/tokens', operator)
    expect(
      listed
        .json()
        .items.map((each: { id: string }) => each.id)
        .sort(),
    ).toEqual([one.id, other.id].sort())
    expect(listed.body).not.toContain(one.token)
    expect((await call('DELETE', `/accounts/lost/tokens/${one.id}`, operator)).statusCode).toBe(404)
    expect((await call('DELETE', `/accounts/chair/tokens/${one.id}`, operator)).statusCode).toBe(204)
    expect([await works(one), await works(other)]).toEqual([false, true])
  })
})

describe('a live stream', () => {
  const opened = async (headers: Record<string, string>) => {
    const address = door.app.server.listening
      ? `http://127.0.0.1:${(door.app.server.address() as { port: number }).port}`
      : await door.app.listen({ port: 0, host: '127.0.0.1' })
    const answer = await fetch(`${address}/api/v1/echo/stream`, { headers })
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    const ended = (async () => {
      while (!(await reader.read()).done);
    })().catch(() => 'cut')
    return {
      ended,
      isOpen: async () => (await Promise.race([ended.then(() => 'ended'), new Promise((resolve) => setTimeout(() => resolve('open'), 300))])) === 'open',
    }
  }

  it('[PL-04] ends with the session that opened it, and no other does', async () => {
    const [mine, other] = [await door.signIn('dean'), await door.signIn('dean')]
    const [first, second] = [await opened(mine), await opened(other)]
    expect(await first.isOpen()).toBe(true)
    expect((await call('DELETE', '/session', mine)).statusCode).toBe(204)
    await first.ended
    expect(await second.isOpen()).toBe(true)
    await call('DELETE', '/session', other)
    await second.ended
  })

  it('[PL-04] ends with the token that opened it', async () => {
    const made = await call('POST', '/tokens', operator, {
      name: 't',
      permissions: ['activities:read'],
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    })
    const { id, token } = made.json()
    const live = await opened({ authorization: `Bearer ${token}` })
    expect(await live.isOpen()).toBe(true)
    expect((await call('DELETE', `/tokens/${id}`, operator)).statusCode).toBe(204)
    await live.ended
  })
})
