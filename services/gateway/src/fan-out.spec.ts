import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { makeLogger } from '@collegium/shared/logger.ts'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildGateway } from './app.ts'
import { connectRedis } from './fan-out.ts'
import { sharedCounts } from './shared-counts.ts'
import { type Door, openDoor } from './testing/door.ts'

let port: number
let server: ChildProcess
let redis: Redis
let door: Door
let other: Awaited<ReturnType<typeof buildGateway>>
const logger = makeLogger('gateway', 'silent')

const start = async (): Promise<void> => {
  server = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'], { stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const line of server.stdout as NodeJS.ReadableStream) if (String(line).includes('Ready to accept')) break
}
const stop = async (): Promise<void> => {
  server.kill('SIGKILL')
  await once(server, 'exit')
}

beforeAll(async () => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  port = (probe.address() as AddressInfo).port
  probe.close()
  await start()
  redis = connectRedis(`redis://127.0.0.1:${port}`, logger)
  await once(redis, 'ready')
  door = await openDoor({ redis })
  other = await buildGateway({ ...door.options, metrics: new (await import('prom-client')).Registry() })
  await new Promise((resolve) => setTimeout(resolve, 200))
})
afterAll(async () => {
  await other?.close()
  await door?.close()
  redis?.disconnect()
  await stop()
})

const who = (app: typeof other, headers: Record<string, string>) => app.inject({ url: '/api/v1/session', headers })

describe('two gateways of one installation', () => {
  it('share sessions, and one hears at once what ended at the other', async () => {
    const session = await door.signIn('chair')
    expect((await who(other, session)).statusCode).toBe(200)
    await door.app.inject({ method: 'DELETE', url: '/api/v1/session', headers: session })
    await expect.poll(async () => (await who(other, session)).statusCode, { interval: 10 }).toBe(401)
  })

  it('count together, each telling the other a moment later', async () => {
    const gateway = () => new (sharedCounts(redis, 'spec.'))()
    const [here, there] = [gateway(), gateway()]
    const count = (store: typeof here, windowMs = 60_000): Promise<number> =>
      new Promise((resolve) => store.incr('one', (_error, { current }) => resolve(current), windowMs))
    const seen = (store: typeof here): Promise<number> => new Promise((resolve) => store.read('one', (_error, { current }) => resolve(current)))
    expect([await count(here), await count(here), await count(here), await count(there)]).toEqual([1, 2, 3, 1])
    await expect.poll(() => count(there), { interval: 100 }).toBeGreaterThan(4)
    const all = await count(there)
    await count(here)
    await expect.poll(() => seen(here)).toBe(all + 1)
  })

  it('begin again with the next window', async () => {
    const store = new (sharedCounts(redis, 'spec.next.'))()
    const count = (): Promise<number> => new Promise((resolve) => store.incr('one', (_error, { current }) => resolve(current), 1_500))
    const seen = (): Promise<number> => new Promise((resolve) => store.read('one', (_error, { current }) => resolve(current)))
    await count()
    await expect.poll(seen).toBe(0)
    expect(await count()).toBe(1)
  })

  it('go on without Redis, and believe nothing that they could not hear the end of', async () => {
    const session = await door.signIn('dean')
    expect((await who(other, session)).statusCode).toBe(200)
    await stop()
    await expect.poll(() => redis.status).not.toBe('ready')
    expect((await who(other, session)).statusCode).toBe(200)
    expect((await door.app.inject({ method: 'DELETE', url: '/api/v1/session', headers: session })).statusCode).toBe(204)
    expect((await who(other, session)).statusCode).toBe(401)
    await start()
    await expect.poll(() => redis.status).toBe('ready')
    const again = await door.signIn('dean')
    expect((await who(other, again)).statusCode).toBe(200)
  })

  it('take a Redis that has fallen silent for one that is gone', async () => {
    const session = await door.signIn('dean')
    await expect.poll(async () => (await who(other, session)).statusCode).toBe(200)
    server.kill('SIGSTOP')
    expect((await door.app.inject({ method: 'DELETE', url: '/api/v1/session', headers: session })).statusCode).toBe(204)
    await expect.poll(async () => (await who(other, session)).statusCode, { timeout: 15_000 }).toBe(401)
    server.kill('SIGCONT')
    await expect.poll(() => redis.status).toBe('ready')
  }, 30_000)
})
