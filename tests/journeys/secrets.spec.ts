import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type EmbeddedCollegium, startCollegium } from '../kit/collegium.ts'
import { contentsOf } from './planted.ts'
import { federation, ok, yaml } from './scene.ts'

/** Everything that lets somebody in is planted once at the most talkative level, and then looked for in every line that was logged. */
describe('what lets somebody in', () => {
  let collegium: EmbeddedCollegium
  beforeAll(async () => {
    collegium = await startCollegium({ logLevel: 'trace' })
  })
  afterAll(() => collegium?.stop())

  it('stands in no line of the log and in no file of it', async () => {
    const operator = await collegium.signIn('operator')
    ok(await operator.post('/imports', federation, yaml))
    const wrong = 'a password that is not the right one'
    expect((await collegium.signedOut().post('/session', { account: 'operator', password: wrong })).status).toBe(401)
    const until = new Date(Date.now() + 60_000).toISOString()
    const { token } = ok(await operator.post('/tokens', { name: 'other', permissions: ['*'], expiresAt: until }))
    expect((await operator.raw('/api/v1/units', { headers: { authorization: `Bearer ${token}`, cookie: '' } })).status).toBe(200)
    const forged = 'clg_bm90LWEtdG9rZW4tYXQtYWxsLWJ1dC1sb25nLWVub3VnaC0x'
    expect((await operator.raw('/api/v1/units', { headers: { authorization: `Bearer ${forged}`, cookie: '' } })).status).toBe(401)
    const next = 'the next password of the operator'
    expect((await operator.post('/session/password', { current: collegium.password, next })).status).toBe(204)
    expect((await operator.post('/duties', { unit: '\0', title: collegium.password })).status).toBe(400)
    expect((await operator.get('/nowhere?token=planted-in-the-address')).status).toBe(404)

    // What was refused is told, with who and where, and nothing that they sent.
    const { id, campus } = (parse(federation) as { people: { id: string; campus: string }[] }).people[0] as { id: string; campus: string }
    ok(await operator.post('/accounts', { account: id, person: id, home: campus, password: collegium.password }))
    const unit = { unit: 'mine', kind: 'campus', name: { en: 'planted words', zh: '植入' }, parent: 'fed', timezone: 'UTC' }
    expect((await (await collegium.signIn(id)).post('/units', { ...unit, duties: [] })).status).toBe(403)
    expect(collegium.logged.filter((line) => line.includes('"refused"')).join()).toContain('units:manage')
    expect(collegium.logged.join()).not.toContain('planted words')

    const database = new URL(collegium.gatewayPool().options.connectionString as string)
    const secrets = [collegium.password, wrong, next, token.slice(4), forged.slice(4), operator.cookie.split('=')[1] as string, database.password]
    const lines = [...collegium.logged, ...contentsOf(collegium.logFolder)]
    expect(collegium.logged.length).toBeGreaterThan(5)
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(8)
      expect(lines.filter((line) => line.includes(secret)).map((line) => line.slice(0, 300))).toEqual([])
    }
    // Signed actors and addresses with a password in them.
    expect(lines.filter((line) => /eyJhbGciOiJFZERTQSIs|postgres:\/\/\w+:[^@\s]+@|PRIVATE KEY/.test(line)).map((line) => line.slice(0, 300))).toEqual([])
  })
})
