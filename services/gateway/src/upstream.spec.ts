import { freePort } from '@collegium/shared/free-port.ts'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Door, openDoor } from './testing/door.ts'
import { overHttp } from './upstream.ts'

let door: Door
let address: string
let port: number
let running: FastifyInstance | null = null
let counted = 0
const sums = new Map<string, number>()

/** A service that restarts: it counts commands, each key once. */
const start = async (): Promise<void> => {
  const app = Fastify({ forceCloseConnections: 'idle', return503OnClosing: false }) as unknown as FastifyInstance
  app.post('/echo', async (request) => {
    const key = String(request.headers['idempotency-key'] ?? `none ${Math.random()}`)
    counted += sums.has(key) ? 0 : 1
    sums.set(key, 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
    return { body: request.body }
  })
  app.get('/echo', async () => ({ here: true }))
  app.get('/echo/half', (_request, reply) => {
    reply.hijack()
    reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 }).write('{"here":')
    setTimeout(() => reply.raw.destroy(), 20)
  })
  app.get('/echo/cut', async (request) => void request.raw.socket.destroy())
  app.post('/echo/cut', async (request) => {
    counted += 1
    request.raw.socket.destroy()
  })
  await app.listen({ host: '127.0.0.1', port })
  running = app
}
const stop = async (): Promise<void> => {
  await running?.close()
  running = null
}

beforeAll(async () => {
  port = await freePort()
  door = await openDoor({ upstream: async () => overHttp('echo', `http://127.0.0.1:${port}`, 3_000) })
  address = await door.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await stop()
  await door?.close()
})

const send = (body: object, key?: string) =>
  fetch(`${address}/api/v1/echo`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) },
  })

it('a service may restart again and again under load, and no request that was let in fails; each command is carried out once', async () => {
  await start()
  counted = 0
  let isDone = false
  const statuses = new Map<number, number>()
  let sent = 0
  const client = async (name: number): Promise<void> => {
    for (let count = 0; !isDone; count++) {
      const answer = count % 3 === 0 ? await fetch(`${address}/api/v1/echo`) : await send({ count }, `${name}-${count}`)
      if (count % 3 !== 0) sent += 1
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      await answer.text()
    }
  }
  const clients = Array.from({ length: 12 }, (_, name) => client(name))
  for (let restarts = 0; restarts < 5; restarts++) {
    await new Promise((resolve) => setTimeout(resolve, 200))
    await stop()
    await new Promise((resolve) => setTimeout(resolve, 250))
    await start()
  }
  isDone = true
  await Promise.all(clients)
  expect([...statuses.keys()]).toEqual([200])
  expect(sent).toBeGreaterThan(10)
  expect(counted).toBe(sent)
})

it('what may have reached the service is sent again only if it only reads or has a key', async () => {
  counted = 0
  expect((await fetch(`${address}/api/v1/echo/cut`, { method: 'POST' })).status).toBe(503)
  expect(counted).toBe(1)
})

it('an answer that ended in the middle is told as such, not handed on in half', async () => {
  const answer = await fetch(`${address}/api/v1/echo/half`)
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ code: 'upstream-down', params: { service: 'echo' } })
})

it('waits no longer than it should for a service that stays away, and lets no more wait than it can hold', async () => {
  await stop()
  const timed = async () => {
    const began = performance.now()
    return { status: (await send({ a: 1 })).status, took: performance.now() - began }
  }
  const answers = await Promise.all(Array.from({ length: 150 }, timed))
  expect(new Set(answers.map((each) => each.status))).toEqual(new Set([503]))
  // Whoever waits does so for three seconds; the rest is told before.
  const held = answers.filter((each) => each.took >= 3_000)
  expect(held.length).toBeGreaterThan(0)
  expect(held.length).toBeLessThanOrEqual(100)
  expect(Math.max(...answers.map((each) => each.took))).toBeLessThan(12_000)
})
