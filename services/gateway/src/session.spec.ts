import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disableAccount } from './accounts.ts'
import { hashOf, newSecret } from './secret.ts'
import { type Door, openDoor, password } from './testing/door.ts'

let door: Door
beforeAll(async () => {
  door = await openDoor({ environment: { COLLEGIUM_SIGN_IN_LIMIT: '5' } })
})
afterAll(() => door.close())

const url = '/api/v1/session'
const post = (payload: object, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
  door.app.inject({ method: 'POST', url, payload, headers, remoteAddress })

describe('signing in with a password', () => {
  it('opens a session whose cookie no script and no other site can use', async () => {
    const answer = await post({ account: 'chair', password })
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toMatchObject({
      account: 'chair',
      person: 'p-chair',
      home: 'north',
      operator: false,
      by: 'session',
      posts: [{ kind: 'chair', unit: 'north' }],
    })
    // The marker tells our pages that there is a session, and nothing else.
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(/^collegium=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/),
      'collegium-here=1; Max-Age=43200; Path=/; SameSite=Lax',
    ])
    const https = await post({ account: 'chair', password }, { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'fed.example' })
    expect(https.headers['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-collegium=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
      'collegium-here=1; Max-Age=43200; Path=/; Secure; SameSite=Lax',
    ])
    expect(https.headers['strict-transport-security']).toBeDefined()
    expect(answer.headers['strict-transport-security']).toBeUndefined()
  })

  it('is not possible over plain http except at localhost', async () => {
    const answer = await post({ account: 'chair', password }, { host: 'fed.example' })
    expect(answer.json()).toMatchObject({ status: 403, code: 'https-needed', params: { origin: 'http://fed.example' } })
  })

  it('stores no secret that could be used', async () => {
    const { cookie } = await door.signIn('dean')
    const stored = await door.pool.query<{ text: string }>(
      'select row_to_json(s)::text as text from sessions s union all select row_to_json(a)::text from accounts a',
    )
    const all = stored.rows.map((row) => row.text).join()
    expect(all).toContain('$argon2id$')
    expect(all).not.toContain(password)
    expect(all).not.toContain(cookie.slice('collegium='.length))
    expect(all).not.toContain(Buffer.from(cookie.slice('collegium='.length), 'base64url').toString('hex'))
  })

  it('answers a wrong password, an unknown account and a closed one alike, in words and in time', async () => {
    await disableAccount(door.pool, 'registrar')
    const times: number[] = []
    const answers = []
    for (const account of ['dean', 'nobody', 'registrar']) {
      const began = performance.now()
      const answer = await post({ account, password: account === 'registrar' ? password : 'wrong' }, {}, '10.0.0.1')
      times.push(performance.now() - began)
      const { traceId, ...rest } = answer.json()
      expect(traceId).toMatch(/^[0-9a-f]{32}$/)
      answers.push(rest)
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
    expect(answers[0]).toMatchObject({ status: 401, code: 'sign-in-failed' })
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    // An answer without the hash takes a millisecond or two; the hash takes tens.
    expect(Math.min(...times)).toBeGreaterThan(Math.max(...times) / 8)
    expect(Math.min(...times)).toBeGreaterThan(5)
  })

  it('is limited for one account from one address, and only there', async () => {
    for (let count = 0; count < 5; count++) expect((await post({ account: 'chair', password: 'wrong' }, {}, '10.0.0.2')).statusCode).toBe(401)
    const answer = await post({ account: 'chair', password }, { 'accept-language': 'zh-CN' }, '10.0.0.2')
    expect(answer.json()).toMatchObject({ status: 429, code: 'too-many-attempts', title: '请求过多' })
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    expect((await post({ account: 'dean', password }, {}, '10.0.0.2')).statusCode).toBe(201)
    expect((await post({ account: 'chair', password }, {}, '10.0.0.3')).statusCode).toBe(201)
  })

  it('refuses malformed input and tells neither password nor stack', async () => {
    const answer = await post({ account: 'chair', password: 7, colour: 'red' }, {}, '10.0.0.4')
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ status: 400, code: 'invalid-input' })
    expect(
      answer
        .json()
        .errors.map((fault: { pointer: string }) => fault.pointer)
        .sort(),
    ).toEqual(['/colour', '/password'])
    expect(answer.body).not.toMatch(/"got":7|node_modules/)
  })
})

describe('a session', () => {
  const who = (headers: object) => door.app.inject({ method: 'GET', url, headers: headers as Record<string, string> })

  it('tells who one is, and nothing to who is signed out', async () => {
    expect((await who(await door.signIn('operator'))).json()).toMatchObject({ account: 'operator', operator: true, posts: [] })
    const nobody = await who({})
    expect(nobody.json()).toMatchObject({ status: 401, code: 'signed-out' })
    expect(nobody.headers['www-authenticate']).toContain('Bearer')
    expect((await who({ cookie: `collegium=${'A'.repeat(43)}` })).statusCode).toBe(401)
  })

  it('is gone at once after signing out, and a new sign-in ends the one before', async () => {
    const first = await door.signIn('operator')
    expect((await who(first)).statusCode).toBe(200)
    await door.app.inject({ method: 'POST', url, payload: { account: 'operator', password }, headers: first, remoteAddress: '10.0.1.1' })
    expect((await who(first)).statusCode).toBe(401)
    const second = await door.signIn('operator')
    expect((await door.app.inject({ method: 'DELETE', url, headers: second })).statusCode).toBe(204)
    expect((await who(second)).statusCode).toBe(401)
  })

  it('ends by itself', async () => {
    const secret = newSecret()
    await door.pool.query(`insert into sessions (hash, account, expires_at) values ($1, 'dean', now() + interval '3 seconds')`, [hashOf(secret)])
    expect((await who({ cookie: `collegium=${secret}` })).statusCode).toBe(200)
    await expect.poll(async () => (await who({ cookie: `collegium=${secret}` })).statusCode).toBe(401)
  })

  it('ends everywhere when the password changes, except where it was changed', async () => {
    const change = (headers: Record<string, string>, payload: object) =>
      door.app.inject({ method: 'POST', url: `${url}/password`, headers, payload, remoteAddress: '10.0.1.2' })
    const signIn = async () => `collegium=${(await post({ account: 'dean', password }, {}, '10.0.1.3')).cookies[0]?.value}`
    const [here, there] = [{ cookie: await signIn(), 'sec-fetch-site': 'same-origin' }, { cookie: await signIn() }]
    expect((await change(here, { current: 'wrong', next: 'another long one' })).json()).toMatchObject({ status: 403, code: 'wrong-password' })
    expect((await change(here, { current: password, next: 'short' })).statusCode).toBe(400)
    expect((await change(here, { current: password, next: 'another long one' })).statusCode).toBe(204)
    expect((await who(here)).statusCode).toBe(200)
    expect((await who(there)).statusCode).toBe(401)
    expect((await post({ account: 'dean', password }, {}, '10.0.1.4')).statusCode).toBe(401)
    expect((await post({ account: 'dean', password: 'another long one' }, {}, '10.0.1.4')).statusCode).toBe(201)
  })

  it('is listed among all that one has open, and ended from another device; nobody else’s is', async () => {
    const signIn = async (account: string) => {
      const value = (await post({ account, password }, {}, '10.0.1.9')).cookies[0]?.value
      return { cookie: `collegium=${value}`, 'sec-fetch-site': 'same-origin' }
    }
    const [here, there, other] = [await signIn('operator'), await signIn('operator'), await signIn('chair')]
    const all = async (headers: object) => (await door.app.inject({ url: `${url}/all`, headers: headers as Record<string, string> })).json().items
    const end = (id: string, headers: Record<string, string>) => door.app.inject({ method: 'DELETE', url: `${url}/all/${id}`, headers })
    const found = await all(there)
    expect(found.filter(({ isThis }: { isThis: boolean }) => isThis)).toHaveLength(1)
    expect(Date.parse(found[0].expiresAt)).toBeGreaterThan(Date.parse(found[0].openedAt))
    const mine = (await all(here)).find(({ isThis }: { isThis: boolean }) => isThis).id
    expect((await end(mine, other)).json()).toMatchObject({ status: 404, code: 'unknown-id' })
    expect((await who(here)).statusCode).toBe(200)
    expect((await end(mine, there)).statusCode).toBe(204)
    expect([(await who(here)).statusCode, (await who(there)).statusCode, (await who(other)).statusCode]).toEqual([401, 200, 200])
    expect((await all(there)).map(({ id }: { id: string }) => id)).not.toContain(mine)
    expect((await door.app.inject({ url: `${url}/all` })).statusCode).toBe(401)
  })

  it('makes no change for a page of another site', async () => {
    const { cookie } = await door.signIn('operator')
    const change = (headers: Record<string, string>) =>
      door.app.inject({ method: 'POST', url: '/api/v1/echo', payload: {}, headers: { cookie, host: 'localhost:8080', ...headers } })
    expect((await change({ 'sec-fetch-site': 'cross-site', origin: 'http://localhost:8080' })).json()).toMatchObject({ status: 403, code: 'cross-site' })
    expect((await change({ 'sec-fetch-site': 'same-site' })).statusCode).toBe(403)
    expect((await change({ origin: 'https://evil.example' })).statusCode).toBe(403)
    expect((await change({ origin: 'http://localhost:9090' })).statusCode).toBe(403)
    expect((await change({ origin: 'null' })).statusCode).toBe(403)
    expect((await change({})).statusCode).toBe(403)
    expect((await change({ 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200)
    expect((await change({ 'sec-fetch-site': 'none' })).statusCode).toBe(200)
    expect((await change({ origin: 'http://localhost:8080' })).statusCode).toBe(200)
    expect((await door.app.inject({ method: 'GET', url: '/api/v1/echo', headers: { cookie, 'sec-fetch-site': 'cross-site' } })).statusCode).toBe(200)
    expect((await post({ account: 'operator', password }, { 'sec-fetch-site': 'cross-site' }, '10.0.1.5')).json()).toMatchObject({ code: 'cross-site' })
  })
})
