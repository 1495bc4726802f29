import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disableAccount } from './accounts.ts'
import { type Door, openDoor } from './testing/door.ts'

let door: Door
let chair: Record<string, string>
beforeAll(async () => {
  door = await openDoor()
  chair = await door.signIn('chair')
})
afterAll(() => door.close())

const url = '/api/v1/tokens'
const later = (days = 30) => new Date(Date.now() + days * 86_400_000).toISOString()
const make = (permissions: string[], headers = chair, expiresAt = later()) =>
  door.app.inject({ method: 'POST', url, headers, payload: { name: 'The other system', permissions, expiresAt } })
const echo = (token: string, method: 'GET' | 'POST' = 'GET') => door.app.inject({ method, url: '/api/v1/echo', headers: { authorization: `Bearer ${token}` } })

describe('a bearer token', () => {
  it('acts as its creator, narrowed to what it was made for, also without a browser’s headers', async () => {
    const made = await make(['activities:read', 'activities:join'])
    expect(made.statusCode).toBe(201)
    const answer = await echo(made.json().token, 'POST')
    expect(answer.json().actor).toEqual({ person: 'p-chair', home: 'north', operator: false, scope: ['activities:read', 'activities:join'], system: null })
  })

  it('is stored so that nobody can read it back', async () => {
    const { token } = (await make(['activities:read'])).json()
    const stored = await door.pool.query<{ text: string }>('select row_to_json(t)::text as text from tokens t')
    expect(stored.rows.length).toBeGreaterThan(0)
    for (const { text } of stored.rows) expect(text).not.toContain(token.slice(4))
    expect((await door.app.inject({ url, headers: chair })).body).not.toContain(token)
  })

  it('never carries what its creator does not hold', async () => {
    const beyond = await make(['activities:read', 'documents:read'])
    expect(beyond.json()).toMatchObject({ status: 403, code: 'beyond-creator', params: { permissions: 'documents:read' } })
    expect((await make(['*'])).json()).toMatchObject({ code: 'beyond-creator' })
    expect((await make(['activities:*'])).statusCode).toBe(201)
    expect((await make(['*'], (await door.signIn('operator')) as typeof chair)).statusCode).toBe(201)
    expect((await make(['activities'])).statusCode).toBe(400)
  })

  it('[PL-13] is made by officers whose post says so, and the refusal names it', async () => {
    const refused = await make(['documents:read'], await door.signIn('dean'))
    expect(refused.json()).toMatchObject({ status: 403, code: 'forbidden', params: { permission: 'tokens:make', unit: 'north', posts: 'chair' } })
    expect((await make(['activities:read'], {} as typeof chair)).json()).toMatchObject({ status: 401, code: 'signed-out' })
  })

  it('makes no other token and sees none', async () => {
    const { token } = (await make(['activities:*'])).json()
    const headers = { authorization: `Bearer ${token}` }
    expect((await make(['activities:read'], headers as unknown as typeof chair)).json()).toMatchObject({ status: 403, code: 'session-needed' })
    expect((await door.app.inject({ url, headers })).statusCode).toBe(403)
  })

  it('expires, within a year', async () => {
    expect((await make(['activities:read'], chair, later(400))).json()).toMatchObject({ status: 422, code: 'expiry-out-of-range' })
    expect((await make(['activities:read'], chair, later(-1))).statusCode).toBe(422)
    expect((await make(['activities:read'], chair, 'tomorrow')).statusCode).toBe(400)
    const { token } = (await make(['activities:read'], chair, new Date(Date.now() + 3_000).toISOString())).json()
    expect((await echo(token)).statusCode).toBe(200)
    await expect.poll(async () => (await echo(token)).statusCode).toBe(401)
    expect((await echo(token)).json()).toMatchObject({ status: 401, code: 'token-refused' })
  })

  it('is dead at once when it is revoked, and only its creator can do that', async () => {
    const { token, id } = (await make(['activities:read'])).json()
    expect((await echo(token)).statusCode).toBe(200)
    const revoke = (headers: Record<string, string>) => door.app.inject({ method: 'DELETE', url: `${url}/${id}`, headers })
    expect((await revoke(await door.signIn('dean'))).statusCode).toBe(404)
    expect((await echo(token)).statusCode).toBe(200)
    expect((await revoke(chair)).statusCode).toBe(204)
    expect((await echo(token)).json()).toMatchObject({ status: 401, code: 'token-refused' })
  })

  it('is listed by pages, each token once', async () => {
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: { items: { id: string }[]; nextCursor: string | null } = (
        await door.app.inject({ url: `${url}?limit=3${cursor && `&cursor=${cursor}`}`, headers: chair })
      ).json()
      seen.push(...page.items.map((each) => each.id))
      cursor = page.nextCursor
    }
    const { rows } = await door.pool.query<{ id: string }>(`select id from tokens where account = 'chair' order by id`)
    expect(rows.length).toBeGreaterThan(4)
    expect(seen).toEqual(rows.map((row) => row.id))
    expect((await door.app.inject({ url: `${url}?limit=1000000000`, headers: chair })).statusCode).toBe(400)
  })

  it('is dead at once when its creator’s account is closed', async () => {
    const { token } = (await make(['activities:read'])).json()
    expect((await echo(token)).statusCode).toBe(200)
    const operator = await door.signIn('operator')
    expect((await door.app.inject({ method: 'DELETE', url: '/api/v1/accounts/chair', headers: operator })).statusCode).toBe(204)
    expect((await echo(token)).statusCode).toBe(401)
    expect((await door.app.inject({ url: '/api/v1/session', headers: chair })).statusCode).toBe(401)
    await disableAccount(door.pool, 'chair')
  })
})
