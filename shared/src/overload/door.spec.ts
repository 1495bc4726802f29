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

/** The event loop of a busy machine falls behind by itself; here that turns nobody away. */
const calm = Object.fromEntries(['BULK_MS', 'BULK_LOAD', 'READS_MS', 'COMMANDS_MS'].map((each) => [`COLLEGIUM_SHED_${each}`, '100000']))
const settings = (environment: Record<string, string>) => overloadSettings(readConfig(OverloadEnvironment, { ...calm, ...environment }))
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

/** A small real service with a door, at an address. What is slow waits for what it is `held` by. */
const service = async (environment: Record<string, string>, held?: PromiseWithResolvers<void>) => {
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
    await (held?.promise ?? sleep(400))
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
  const held = Promise.withResolvers<void>()
  const { address, seen, metrics } = await service({ COLLEGIUM_IN_FLIGHT_READS: '3', COLLEGIUM_QUEUE: '2', COLLEGIUM_QUEUE_MS: '250' }, held)
  const shed = async (reason: string): Promise<number> =>
    Number.parseInt((await metrics.metrics()).split(`shed_requests_total{service="sample",work="read",reason="${reason}"} `)[1] ?? '0', 10)
  const reading = times(20, () => fetch(`${address}/slow`, { headers: { 'accept-language': 'zh-CN' } }))
  await expect.poll(() => shed('full')).toBeGreaterThan(0)
  const began = performance.now()
  const turnedAway = await fetch(`${address}/slow`, { headers: { 'accept-language': 'zh-CN' } })
  expect(performance.now() - began).toBeLessThan(1_500)
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
  await expect.poll(async () => (await shed('full')) + (await shed('late')), { timeout: 10_000 }).toBe(18)
  expect(await shed('late')).toBeGreaterThanOrEqual(2)
  expect(seen.begun).toBe(3)
  held.resolve()
  expect(await statuses(reading)).toEqual({ 200: 3, 503: 17 })
  await expect.poll(() => metrics.metrics()).toContain('http_server_active_requests{service="sample",work="read",upstream=""} 0')
})

it('each class has places of its own: exports do not take those of reads, nor reads those of commands; room is there again at once', async () => {
  const held = Promise.withResolvers<void>()
  const places = { COLLEGIUM_IN_FLIGHT_BULK: '1', COLLEGIUM_IN_FLIGHT_READS: '2', COLLEGIUM_IN_FLIGHT_COMMANDS: '3', COLLEGIUM_QUEUE: '0' }
  const { address } = await service(places, held)
  let refused = 0
  const asked = async (path: string, method = 'GET'): Promise<Response> => {
    const answer = await fetch(`${address}${path}`, { method })
    if (answer.status === 503 && ++refused === 9) held.resolve()
    return answer
  }
  const answers = await Promise.all([
    statuses(times(5, () => asked('/export'))),
    statuses(times(5, () => asked('/slow'))),
    statuses(times(5, () => asked('/slow', 'POST'))),
  ])
  expect(answers).toEqual([
    { 200: 1, 503: 4 },
    { 200: 2, 503: 3 },
    { 200: 3, 503: 2 },
  ])
  expect(await statuses(times(3, () => fetch(`${address}/slow`, { method: 'POST' })))).toEqual({ 200: 3 })
})

it('a request has so long as its class allows, or less where the gateway says so, also after its body was read', async () => {
  const { address, seen } = await service({ COLLEGIUM_REQUEST_MS: '60000' })
  const send = (headers: Record<string, string>) =>
    fetch(`${address}/left`, { method: 'POST', body: JSON.stringify({ any: 1 }), headers: { 'content-type': 'application/json', ...headers } })
  await send({})
  await send({ 'collegium-deadline': '20000' })
  await send({ 'collegium-deadline': '900000' })
  const [whole, told, capped] = seen.left as number[]
  expect(whole).toBeGreaterThan(40_000)
  expect(told).toBeLessThanOrEqual(20_000)
  expect(told).toBeGreaterThan(5_000)
  expect(capped).toBeLessThanOrEqual(60_000)
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
