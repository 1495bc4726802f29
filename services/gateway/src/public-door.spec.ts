import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routesOf } from './contracts.ts'
import { servicesBehind } from './services-behind.ts'
import { readSettings } from './settings.ts'
import { type Door, echoContract, openDoor } from './testing/door.ts'

let door: Door
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'console-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Console</title>')
  await writeFile(join(folder, 'assets', 'index-B2x9_kQz.js'), 'export {}')
  door = await openDoor({ consoleFolder: folder })
})
afterAll(async () => {
  await door.close()
  await rm(folder, { recursive: true })
})
const get = (url: string, headers: Record<string, string> = {}) => door.app.inject({ url, headers })
const html = { accept: 'text/html,*/*' }

describe('the console’s files', () => {
  it('are kept for ever when hashed, and the page is always asked anew', async () => {
    const asset = await get('/assets/index-B2x9_kQz.js')
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(asset.headers['content-type']).toContain('javascript')
    expect((await get('/')).headers['cache-control']).toBe('no-cache')
  })

  it('answer every address of a page, but no missing file and nothing of the API', async () => {
    const page = await get('/activities/a-1?tab=2', html)
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('<title>Console')
    expect(page.headers['cache-control']).toBe('no-cache')
    for (const path of ['/assets/gone.js', '/api/v1/nowhere', '/api/nowhere', '/../package.json', '/..%2f..%2fpackage.json'])
      expect((await get(path, html)).statusCode, path).not.toBe(200)
    expect((await get('/activities')).json()).toMatchObject({ status: 404, code: 'unknown-path' })
  })

  it('run under a policy that lets nothing inline or foreign in', async () => {
    const policy = (await get('/')).headers['content-security-policy']
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect((await get('/')).headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin' })
  })
})

describe('the documents', () => {
  it('describe the gateway’s own paths and every service’s in one OpenAPI 3.1 document', async () => {
    const document = (await get('/api/openapi.json')).json()
    expect(document.openapi).toBe('3.1.1')
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/api/v1/session', '/api/v1/accounts/{account}', '/api/v1/tokens', '/api/v1/echo']))
    expect(document.paths).not.toHaveProperty('/metrics')
    expect(JSON.stringify(document.paths['/api/v1/session'].post.requestBody)).toContain('password')
  })

  it('have pages whose every file comes from here', async () => {
    for (const path of ['/api/', '/api/asyncapi/']) {
      const page = await get(path)
      expect(page.headers['content-type']).toContain('text/html')
      const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((each) => each[1] as string)
      expect(files.length).toBe(3)
      for (const file of files) expect((await get(file)).statusCode, file).toBe(200)
    }
    expect((await get('/api')).headers.location).toBe('/api/')
    const policies = await Promise.all(
      ['/api/', '/api/asyncapi/', '/api/openapi.json'].map(async (path) => String((await get(path)).headers['content-security-policy'])),
    )
    expect(policies.map((policy) => policy.includes('unsafe-eval'))).toEqual([false, true, false])
    expect(policies.join()).not.toContain('unsafe-inline')
    expect((await get('/api/asyncapi.json')).json().asyncapi).toBe('3.0.0')
  })
})

describe('the routing table', () => {
  it('keeps the console’s pages open as long as it keeps signing in', () => {
    const { workOf } = servicesBehind(() => ({ openapi: { echo: echoContract }, asyncapi: {} }))
    const works = [
      ['GET', '/assets/main-1a2b3c4d.js'],
      ['GET', '/activities/a-1'],
      ['GET', '/audit/events/checkpoint'],
      ['GET', '/api/v1/echo'],
      ['POST', '/'],
    ].map(([method = '', url = '']) => workOf(method, url) ?? 'by its method')
    expect(works).toEqual(['first', 'first', 'by its method', 'read', 'by its method'])
  })

  it('refuses two services that claim the same paths', () => {
    expect(Object.fromEntries(routesOf({ a: { paths: { '/x': {}, '/x/{id}': {}, '/y': {} } }, b: { paths: { '/z': {} } } }))).toEqual({
      x: 'a',
      y: 'a',
      z: 'b',
    })
    expect(() => routesOf({ a: { paths: { '/x': {} } }, b: { paths: { '/x/more': {} } } })).toThrow('Both a and b claim the paths /x')
  })
})

describe('limits', () => {
  it('hold for each session and each address, and say when to come back', async () => {
    const narrow = await openDoor({ environment: { COLLEGIUM_RATE_LIMIT: '5' } })
    const session = await narrow.signIn('chair')
    const ask = (headers: Record<string, string>) => narrow.app.inject({ url: '/api/v1/echo', headers, remoteAddress: '10.2.2.2' })
    const answers = []
    for (let count = 0; count < 8; count++) answers.push(await ask(session))
    expect(answers.filter((each) => each.statusCode === 200)).toHaveLength(5)
    const refused = answers.find((each) => each.statusCode === 429)
    expect(refused?.json()).toMatchObject({ code: 'too-many-requests', params: { limit: 5 } })
    expect(refused?.headers).toMatchObject({ 'retry-after': '1', 'ratelimit-limit': '5', 'ratelimit-remaining': '0' })
    expect((await ask({})).statusCode).toBe(200)
    expect((await ask(await narrow.signIn('dean'))).statusCode).toBe(200)
    expect((await narrow.app.inject('/livez')).headers).not.toHaveProperty('ratelimit-limit')
    await narrow.close()
  })

  it('stop an address that tries credentials', async () => {
    const guess = (index: number) =>
      door.app.inject({ url: '/api/v1/echo', headers: { authorization: `Bearer clg_${String(index).padStart(43, 'A')}` }, remoteAddress: '10.3.3.3' })
    const answers = []
    for (let index = 0; index < 40; index++) answers.push((await guess(index)).statusCode)
    expect(answers.filter((status) => status === 401).length).toBeLessThanOrEqual(21)
    expect(answers.at(-1)).toBe(429)
    const known = await door.signIn('dean')
    expect((await door.app.inject({ url: '/api/v1/echo', headers: known, remoteAddress: '10.3.3.4' })).statusCode).toBe(200)
  })
})

describe('readiness', () => {
  it('follows the database; being alive does not', async () => {
    expect((await get('/readyz')).json()).toEqual({ ready: true, checks: { postgres: true, open: true } })
    const lost = await openDoor()
    await lost.pool.end()
    expect((await lost.app.inject('/readyz')).statusCode).toBe(503)
    expect((await lost.app.inject('/livez')).statusCode).toBe(200)
    lost.pool.end = (async () => {}) as never
    await lost.close()
  })
})

describe('the settings', () => {
  it('have defaults, and name every fault', () => {
    expect(readSettings({})).toMatchObject({ rateLimit: 600, sessionHours: 12, localSignIn: true, oidc: null, trustProxy: 'loopback' })
    expect(() => readSettings({ COLLEGIUM_RATE_LIMIT: '0', COLLEGIUM_SESSION_HOURS: 'x' })).toThrow(/COLLEGIUM_RATE_LIMIT[\s\S]*COLLEGIUM_SESSION_HOURS/)
    expect(() => readSettings({ COLLEGIUM_OIDC_ISSUER: 'https://id.example' })).toThrow('set all three')
  })
})
