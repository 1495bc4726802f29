import { generateKeyPairSync } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ConfigFault, readConfig } from '../config.ts'
import { buildApp } from '../http/server.ts'
import { makeLogger } from '../logger.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { currentDeadline } from './deadline.ts'
import { queryInTime } from './query-in-time.ts'
import { OverloadEnvironment, overloadSettings } from './settings.ts'

const settings = (environment: Record<string, string>) => overloadSettings(readConfig(OverloadEnvironment, environment))
const open = { permission: 'public' } as const

let database: TestDatabase
const apps: FastifyInstance[] = []
beforeAll(async () => {
  database = await testDatabase(2)
})
afterAll(async () => {
  for (const app of apps) await app.close()
  await database?.drop()
})

/** A small real service with a door, at an address. */
const service = async (environment: Record<string, string>) => {
  const metrics = new Registry()
  const app = await buildApp({
    name: 'sample',
    logger: makeLogger('spec', 'silent'),
    actorKey: generateKeyPairSync('ed25519').publicKey,
    metrics,
    ready: async () => ({}),
    overload: settings(environment),
  })
  const seen = { begun: 0, ended: 0, left: [] as (number | undefined)[] }
  const slow = async (): Promise<object> => {
    seen.begun += 1
    await sleep(400)
    seen.ended += 1
    return {}
  }
  app.get('/slow', { config: open }, slow)
  app.post('/slow', { config: open }, slow)
  app.get('/export', { config: { ...open, work: 'bulk' } }, slow)
  app.post('/ballots', { config: { ...open, work: 'first' } }, async () => ({}))
  app.post('/left', { config: open }, async () => {
    seen.left.push(currentDeadline()?.leftMs())
    return {}
  })
  app.get('/asleep', { config: open }, async () => {
    await queryInTime(database.pool, { text: 'select pg_sleep(30)' })
    return {}
  })
  apps.push(app)
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  return { app, metrics, seen, address }
}
const statuses = async (answers: readonly Promise<Response>[]): Promise<Record<number, number>> => {
  const counts: Record<number, number> = {}
  for (const { status } of await Promise.all(answers)) counts[status] = (counts[status] ?? 0) + 1
  return counts
}
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

it('more than there is room for is told at once, in the reader’s language, when to come again; the first class is let in all the same', async () => {
  const { address, seen, metrics } = await service({ COLLEGIUM_IN_FLIGHT_READS: '3', COLLEGIUM_QUEUE: '2', COLLEGIUM_QUEUE_MS: '250' })
  const reading = times(20, () => fetch(`${address}/slow`, { headers: { 'accept-language': 'zh-CN' } }))
  await expect.poll(() => seen.begun).toBe(3)
  const began = performance.now()
  const turnedAway = await fetch(`${address}/slow`, { headers: { 'accept-language': 'zh-CN' } })
  expect(performance.now() - began).toBeLessThan(200)
  expect(turnedAway.status).toBe(503)
  expect(Number(turnedAway.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect(Object.fromEntries(turnedAway.headers)).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': 'zh-CN',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  expect(await turnedAway.json()).toEqual({
    type: 'urn:collegium:problem:overloaded',
    title: '暂不可用',
    status: 503,
    detail: '服务当前繁忙，请稍后重试。',
    code: 'overloaded',
    instance: '/slow',
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    params: { seconds: Number(turnedAway.headers.get('retry-after')) },
  })

  const ballots = times(20, () => fetch(`${address}/ballots`, { method: 'POST' }))
  expect(await statuses(ballots)).toEqual({ 200: 20 })
  expect((await fetch(`${address}/livez`)).status).toBe(200)
  // Who waited comes too late: the three slow ones take longer than anybody waits for a turn.
  expect(await statuses(reading)).toEqual({ 200: 3, 503: 17 })
  const text = await metrics.metrics()
  expect(text).toContain('collegium_http_shed_requests_total{service="sample",work="read",reason="full"} 16')
  expect(text).toContain('collegium_http_shed_requests_total{service="sample",work="read",reason="late"} 2')
  expect(text).toContain('http_server_active_requests{service="sample",work="read",upstream=""} 0')
})

it('each class has places of its own: exports do not take those of reads, nor reads those of commands; room is there again at once', async () => {
  const { address } = await service({ COLLEGIUM_IN_FLIGHT_BULK: '1', COLLEGIUM_IN_FLIGHT_READS: '2', COLLEGIUM_IN_FLIGHT_COMMANDS: '3', COLLEGIUM_QUEUE: '0' })
  const answers = await Promise.all([
    statuses(times(5, () => fetch(`${address}/export`))),
    statuses(times(5, () => fetch(`${address}/slow`))),
    statuses(times(5, () => fetch(`${address}/slow`, { method: 'POST' }))),
  ])
  expect(answers).toEqual([
    { 200: 1, 503: 4 },
    { 200: 2, 503: 3 },
    { 200: 3, 503: 2 },
  ])
  expect(await statuses(times(3, () => fetch(`${address}/slow`, { method: 'POST' })))).toEqual({ 200: 3 })
})

it('a request has so long as its class allows, or less where the gateway says so, also after its body was read', async () => {
  const { address, seen } = await service({ COLLEGIUM_REQUEST_MS: '5000' })
  const send = (headers: Record<string, string>) =>
    fetch(`${address}/left`, { method: 'POST', body: JSON.stringify({ any: 1 }), headers: { 'content-type': 'application/json', ...headers } })
  await send({})
  await send({ 'collegium-deadline': '700' })
  await send({ 'collegium-deadline': '900000' })
  const [whole, told, capped] = seen.left as number[]
  expect(whole).toBeGreaterThan(4_000)
  expect(told).toBeLessThanOrEqual(700)
  expect(told).toBeGreaterThan(100)
  expect(capped).toBeLessThanOrEqual(5_000)
})

const running = async (): Promise<number> =>
  (await database.pool.query(`select count(*)::integer as n from pg_stat_activity where query = 'select pg_sleep(30)' and state = 'active'`)).rows[0].n

it('when the time is over, the query ends in Postgres too, and the reader is told; so it is when the reader has gone', async () => {
  const { address } = await service({ COLLEGIUM_REQUEST_MS: '400' })
  const began = performance.now()
  const late = await fetch(`${address}/asleep`)
  expect(late.status).toBe(503)
  expect(await late.json()).toMatchObject({ code: 'too-late' })
  expect(performance.now() - began).toBeLessThan(3_000)
  await expect.poll(running).toBe(0)

  const patient = await service({ COLLEGIUM_REQUEST_MS: '30000' })
  const leaving = new AbortController()
  const gone = fetch(`${patient.address}/asleep`, { signal: leaving.signal }).catch(() => 'gone')
  await expect.poll(running).toBe(1)
  leaving.abort()
  expect(await gone).toBe('gone')
  await expect.poll(running).toBe(0)
})

it('waiting for a connection counts too: who cannot get one in time is told, and the pool is whole afterwards', async () => {
  const { address } = await service({ COLLEGIUM_REQUEST_MS: '300' })
  const held = await Promise.all([database.pool.connect(), database.pool.connect()])
  const late = await fetch(`${address}/asleep`)
  expect(await late.json()).toMatchObject({ code: 'too-late' })
  for (const client of held) client.release()
  await expect.poll(() => database.pool.waitingCount).toBe(0)
  expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
})

it('a closing door answers who is on the way, on connections that then end', async () => {
  const { app, address, seen } = await service({})
  const under = fetch(`${address}/slow`)
  await expect.poll(() => seen.begun).toBe(1)
  const closing = app.close()
  expect((await under).status).toBe(200)
  await closing
  expect(seen.ended).toBe(1)
  await expect(fetch(`${address}/slow`)).rejects.toThrow()
})

it('a setting that makes no sense is told at the start', () => {
  expect(() => settings({ COLLEGIUM_QUEUE: '5000' })).toThrow(ConfigFault)
  expect(settings({}).caps).toEqual({ first: 256, command: 128, read: 64, live: 2_000, bulk: 4 })
})
