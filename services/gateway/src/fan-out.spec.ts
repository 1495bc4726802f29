import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { makeLogger } from '@collegium/shared/logger.ts'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildGateway } from './app.ts'
import { connectRedis } from './fan-out.ts'
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
  await other.close()
  await door.close()
  redis.disconnect()
  await stop()
})

const who = (app: typeof other, headers: Record<string, string>) => app.inject({ url: '/api/v1/session', headers })

describe('two gateways of one installation', () => {
  it('share sessions, and one hears at once what ended at the other', async () => {
    const session = await door.signIn('chair')
    expect((await who(other, session)).statusCode).toBe(200)
    await door.app.inject({ method: 'DELETE', url: '/api/v1/session', headers: session })
    await expect.poll(async () => (await who(other, session)).statusCode, { timeout: 1_000, interval: 10 }).toBe(401)
  })

  it('go on without Redis, and believe nothing that they could not hear the end of', async () => {
    const session = await door.signIn('dean')
    expect((await who(other, session)).statusCode).toBe(200)
    await stop()
    await expect.poll(() => redis.status, { timeout: 2_000 }).not.toBe('ready')
    expect((await who(other, session)).statusCode).toBe(200)
    expect((await door.app.inject({ method: 'DELETE', url: '/api/v1/session', headers: session })).statusCode).toBe(204)
    expect((await who(other, session)).statusCode).toBe(401)
    await start()
    await expect.poll(() => redis.status, { timeout: 5_000 }).toBe('ready')
    const again = await door.signIn('dean')
    expect((await who(other, again)).statusCode).toBe(200)
  })

  it('take a Redis that has fallen silent for one that is gone', async () => {
    const session = await door.signIn('dean')
    await expect.poll(async () => (await who(other, session)).statusCode, { timeout: 5_000 }).toBe(200)
    server.kill('SIGSTOP')
    expect((await door.app.inject({ method: 'DELETE', url: '/api/v1/session', headers: session })).statusCode).toBe(204)
    await expect.poll(async () => (await who(other, session)).statusCode, { timeout: 8_000 }).toBe(401)
    server.kill('SIGCONT')
    await expect.poll(() => redis.status, { timeout: 5_000 }).toBe('ready')
  }, 30_000)
})
