import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Door, openDoor } from './testing/door.ts'
import { inProcess, overHttp } from './upstream.ts'

type Told = { actor: unknown; headers: Record<string, string> }

const forms = {
  'in the same process': async (app: Door['service']) => inProcess(app),
  'at an address': async (app: Door['service']) => overHttp('echo', await app.listen({ host: '127.0.0.1', port: 0 })),
}

for (const [form, upstream] of Object.entries(forms))
  describe(`a service ${form}`, () => {
    let door: Door
    let address: string
    let chair: Record<string, string>
    beforeAll(async () => {
      door = await openDoor({ upstream: (app) => upstream(app as Door['service']), environment: { COLLEGIUM_UPSTREAM_TIMEOUT_MS: '1000' } })
      address = await door.app.listen({ host: '127.0.0.1', port: 0 })
      chair = await door.signIn('chair')
    })
    afterAll(() => door.close())
    const call = (path: string, init: RequestInit = {}) => fetch(`${address}${path}`, init)
    const told = async (answer: Response): Promise<Told> => (await answer.json()) as Told

    it('gets the request without prefix and secrets, with a signed actor, and its answer comes back whole', async () => {
      const answer = await call('/api/v1/echo?a=1&b=%2F', {
        method: 'PUT',
        headers: { ...chair, 'content-type': 'application/json' },
        body: '{"name":"学生会"}',
      })
      expect(answer.headers.get('etag')).toBe('"7"')
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      const seen = await told(answer)
      expect(seen).toMatchObject({ method: 'PUT', url: '/echo?a=1&b=%2F', body: { name: '学生会' } })
      expect(seen.actor).toEqual({ person: 'p-chair', home: 'north', operator: false, scope: null, system: null })
      expect(seen.headers).not.toHaveProperty('cookie')
      expect(seen.headers['x-forwarded-prefix']).toBe('/api/v1')
    })

    it('gets no actor from who is signed out, whatever they claim', async () => {
      const seen = await told(await call('/api/v1/echo', { headers: { 'x-forwarded-prefix': '/evil', cookie: 'other=1' } }))
      expect(seen.actor).toBeNull()
      expect(seen.headers).not.toHaveProperty('authorization')
      expect((await call('/api/v1/echo', { headers: { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' } })).status).toBe(401)
    })

    it('is told the trace and the request’s name, which are echoed', async () => {
      const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
      const answer = await call('/api/v1/echo', { headers: { traceparent, 'x-request-id': 'mine-1' } })
      expect((await told(answer)).headers).toMatchObject({ traceparent, 'x-request-id': 'mine-1' })
      expect(answer.headers.get('x-request-id')).toBe('mine-1')
      const made = await call('/api/v1/echo', { headers: { traceparent: 'rubbish', 'x-request-id': 'a b' } })
      const { headers } = await told(made)
      expect(headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/)
      expect(made.headers.get('x-request-id')).toBe(headers.traceparent?.slice(3, 35))
    })

    it('streams events as they happen, and hears when the client goes', async () => {
      const leaving = new AbortController()
      const answer = await call('/api/v1/echo/stream', { headers: chair, signal: leaving.signal })
      expect(answer.headers.get('content-type')).toBe('text/event-stream')
      const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
      const began = performance.now()
      let text = ''
      while (!text.includes('data: 3\n\n')) text += new TextDecoder().decode((await reader.read()).value)
      expect(performance.now() - began).toBeLessThan(5_000)
      const before = door.service.aborted
      leaving.abort()
      await expect.poll(() => door.service.aborted).toBe(before + 1)
    })

    it('gets bodies up to a megabyte, and imports up to twenty', async () => {
      const body = (bytes: number) => JSON.stringify('x'.repeat(bytes))
      const send = (path: string, bytes: number) => call(path, { method: 'POST', headers: { ...chair, 'content-type': 'application/json' }, body: body(bytes) })
      expect(await (await send('/api/v1/imports', 15_000_000)).json()).toEqual({ bytes: 15_000_002 })
      expect((await send('/api/v1/echo', 900_000)).status).toBe(200)
      expect(await (await send('/api/v1/echo', 1_100_000)).json()).toMatchObject({ status: 413, code: 'body-too-large' })
      expect(await (await send('/api/v1/imports', 21_000_000)).json()).toMatchObject({ status: 413 })
    })

    it('is asked once when it is too busy: repeating is the client’s business', async () => {
      const before = door.service.aborted
      expect((await call('/api/v1/echo/busy')).status).toBe(503)
      expect(door.service.aborted).toBe(before + 1)
    })

    it('does not know a path: then nothing is asked', async () => {
      const answer = await call('/api/v1/nowhere/at-all?x=1', { headers: { 'accept-language': 'zh' } })
      expect(answer.headers.get('content-language')).toBe('zh-CN')
      expect(await answer.json()).toMatchObject({ status: 404, code: 'unknown-path', detail: '/api/v1/nowhere/at-all 处没有任何内容。' })
      expect((await call('/api/v1/', { headers: { accept: 'text/html' } })).status).toBe(404)
    })

    it('is counted and timed by its name, for this machine’s eyes only', async () => {
      await call('/api/v1/echo')
      const text = await (await call('/metrics')).text()
      expect(text).toMatch(
        /http_server_request_duration_seconds_count\{service="gateway",http_request_method="GET",http_route="\/api\/v1\/\*",upstream="echo",http_response_status_code="200"\} \d+/,
      )
      const away = { remoteAddress: '10.1.1.1' }
      expect((await door.app.inject({ url: '/metrics', ...away })).statusCode).toBe(401)
      expect((await door.app.inject({ url: '/metrics', headers: await door.signIn('dean'), ...away })).json()).toMatchObject({
        code: 'forbidden',
        params: { permission: 'metrics:read', unit: 'north', posts: 'chair' },
      })
      expect((await door.app.inject({ url: '/metrics', headers: chair, ...away })).statusCode).toBe(200)
    })
  })

describe('a service that is away', () => {
  it('is told as 503 with a time to come back, and a slow one as 504', async () => {
    const door = await openDoor({
      upstream: async (app) => overHttp('echo', await app.listen({ host: '127.0.0.1', port: 0 })),
      environment: { COLLEGIUM_UPSTREAM_TIMEOUT_MS: '300' },
    })
    const slow = await door.app.inject('/api/v1/echo/slow')
    expect(slow.json()).toMatchObject({ status: 504, code: 'upstream-slow', params: { service: 'echo' } })
    await door.service.close()
    const away = await door.app.inject('/api/v1/echo')
    expect(away.json()).toMatchObject({ status: 503, code: 'upstream-down' })
    expect(away.headers['retry-after']).toBe('1')
    await door.close()
  })
})

describe('closing', () => {
  it('ends open streams instead of waiting for them', async () => {
    const door = await openDoor()
    await door.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = door.app.server.address() as AddressInfo
    const request = http.get({ port, path: '/api/v1/echo/stream' })
    const [response] = (await once(request, 'response')) as [http.IncomingMessage]
    await once(response, 'data')
    const ended = new Promise((resolve) => response.once('close', resolve))
    response.on('error', () => {})
    response.resume()
    await door.close()
    await ended
  })
})
