import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Door, openDoor } from './testing/door.ts'

/** A browser in small: keeps cookies of every host it meets, follows redirects, submits the forms of the provider's own pages. */
const browser = () => {
  const jar = new Map<string, string>()
  const go = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { origin } = new URL(url)
    const cookie = [...jar].filter(([key]) => key.startsWith(origin)).map(([key, value]) => `${key.slice(origin.length + 1)}=${value}`)
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie: cookie.join('; ') } })
    for (const each of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = each.split(';')[0]?.split(/=(.*)/s) ?? []
      if (value === '' || /max-age=0/i.test(each)) jar.delete(`${origin} ${name}`)
      else jar.set(`${origin} ${name}`, value)
    }
    return answer
  }
  const next = (answer: Response, from: string): string => new URL(answer.headers.get('location') ?? '', from).href
  return { jar, go, next }
}

let door: Door
let issuer: http.Server
let gateway: string
let issuerUrl: string
beforeAll(async () => {
  issuer = http.createServer()
  issuer.listen(0, '127.0.0.1')
  await once(issuer, 'listening')
  issuerUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`
  door = await openDoor({
    environment: {
      COLLEGIUM_OIDC_ISSUER: issuerUrl,
      COLLEGIUM_OIDC_CLIENT_ID: 'collegium',
      COLLEGIUM_OIDC_CLIENT_SECRET: 'a-secret-of-the-client',
      COLLEGIUM_PUBLIC_URL: '',
    },
  })
  gateway = await door.app.listen({ host: '127.0.0.1', port: 0 })
  const provider = new Provider(issuerUrl, {
    clients: [{ client_id: 'collegium', client_secret: 'a-secret-of-the-client', redirect_uris: [`${gateway}/api/v1/session/oidc/callback`] }],
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id, preferred_username: id }) }),
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    pkce: { required: () => true },
    cookies: { keys: ['a key for the cookies of this spec'] },
    features: { devInteractions: { enabled: true } },
  })
  issuer.on('request', provider.callback())
})
afterAll(async () => {
  await door.close()
  issuer.closeAllConnections()
  issuer.close()
})

/** Walks from the gateway through the provider's pages as `login`; returns where the provider sends the browser back to. */
const walk = async ({ go, next }: ReturnType<typeof browser>, login: string, to = ''): Promise<string> => {
  let url = `${gateway}/api/v1/session/oidc${to && `?to=${encodeURIComponent(to)}`}`
  for (let steps = 0; steps < 20; steps++) {
    const answer = await go(url)
    if (answer.status >= 300 && answer.status < 400) url = next(answer, url)
    else {
      const page = await answer.text()
      const action = new URL(/<form[^>]*action="([^"]+)"/.exec(page)?.[1] ?? '', url).href
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? ''
      const sent = await go(action, { method: 'POST', body: new URLSearchParams({ prompt, login, password: 'anything' }) })
      url = next(sent, action)
    }
    if (url.startsWith(`${gateway}/api/v1/session/oidc/callback`)) return url
  }
  throw new Error(`The provider did not come back; last at ${url}`)
}

describe('signing in with an identity provider', () => {
  it('opens an ordinary session for the account that the claim names, and returns to the page', async () => {
    const person = browser()
    const back = await walk(person, 'chair', '/activities?day=1')
    const answer = await person.go(back)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe('/activities?day=1')
    const who = await (await person.go(`${gateway}/api/v1/session`)).json()
    expect(who).toMatchObject({ account: 'chair', person: 'p-chair', by: 'session' })
    expect([...person.jar.keys()].filter((key) => key.startsWith(gateway))).toEqual([`${gateway} collegium`, `${gateway} collegium-here`])
  })

  it('asks with state, nonce and a hashed proof, and keeps the proof from the provider', async () => {
    const answer = await fetch(`${gateway}/api/v1/session/oidc`, { redirect: 'manual' })
    const query = new URL(answer.headers.get('location') ?? '').searchParams
    expect(query.get('code_challenge_method')).toBe('S256')
    for (const name of ['state', 'nonce', 'code_challenge']) expect(query.get(name)?.length, name).toBeGreaterThan(20)
    expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/)
  })

  it('is refused with another state, another browser, a second use, or a changed cookie', async () => {
    const person = browser()
    const back = await walk(person, 'chair')
    const other = browser()
    expect(await (await other.go(back)).json()).toMatchObject({ status: 401, code: 'oidc-failed' })
    const bent = new URL(back)
    bent.searchParams.set('state', 'another')
    expect(await (await person.go(bent.href)).json()).toMatchObject({ status: 401, code: 'oidc-failed' })
    expect(await (await person.go(back)).json()).toMatchObject({ status: 401, code: 'oidc-failed' })

    const again = await walk(person, 'chair')
    const key = `${gateway} collegium-sign-in`
    const value = person.jar.get(key) as string
    person.jar.set(key, `${value[0] === 'A' ? 'B' : 'A'}${value.slice(1)}`)
    expect(await (await person.go(again)).json()).toMatchObject({ status: 401, code: 'oidc-failed' })
    expect([...person.jar.keys()]).not.toContain(`${gateway} collegium`)
  })

  it('is refused for somebody without an open account here, by the name that the provider told', async () => {
    const person = browser()
    expect(await (await person.go(await walk(person, 'stranger'))).json()).toMatchObject({
      status: 403,
      code: 'account-unknown',
      params: { account: 'stranger' },
    })
    expect([...person.jar.keys()]).not.toContain(`${gateway} collegium`)
  })

  it('never leads to another site afterwards', async () => {
    for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])
      expect((await fetch(`${gateway}/api/v1/session/oidc?to=${encodeURIComponent(to)}`, { redirect: 'manual' })).status, to).toBe(400)
  })

  it('switches passwords off, unless they are wanted beside it', async () => {
    const post = (to: Door) => to.app.inject({ method: 'POST', url: '/api/v1/session', payload: { account: 'chair', password: 'x' } })
    expect((await post(door)).json()).toMatchObject({ status: 403, code: 'password-sign-in-off' })
    expect((await door.app.inject('/api/v1/session/ways')).json()).toEqual({ password: false, oidc: true })
    const without = await openDoor()
    expect((await without.app.inject('/api/v1/session/oidc')).json()).toMatchObject({ status: 404, code: 'oidc-off' })
    expect((await without.app.inject('/api/v1/session/ways')).json()).toEqual({ password: true, oidc: false })
    await without.close()
  })
})
