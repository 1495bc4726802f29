import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kafka, logLevel } from 'kafkajs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Distributed, startDistributed } from './distributed.ts'
import { engines } from './engines/find.ts'
import { askPostgres } from './engines/postgres-settings.ts'
import { processes as all } from './processes.ts'

const dir = mkdtempSync(join(tmpdir(), 'collegium-distributed-'))
const ends = join(dir, 'ends')
const environment = { ...process.env, COLLEGIUM_POSTGRES_URL: '', COLLEGIUM_KAFKA_BROKERS: '', COLLEGIUM_REDIS_URL: '', FIXTURE_ENDS: ends }
const two = {
  root: join(import.meta.dirname, 'fixture'),
  processes: all.filter(({ name }) => ['membership', 'gateway'].includes(name)),
  freePorts: true,
  shards: 2,
  patience: 20_000,
}

describe.skipIf(!(await engines('postgres', 'kafka', 'redis')))('the distributed form', () => {
  let system: Distributed
  const said: string[] = []
  const ask = async (name: string) =>
    (await (await fetch(`${system.processes[name]?.http}/`)).json()) as { pid: number; environment: Record<string, string | undefined> }

  beforeAll(async () => {
    system = await startDistributed({ ...two, environment, say: (line) => said.push(line) })
  }, 90_000)
  afterAll(async () => {
    await system?.stop()
    rmSync(dir, { recursive: true })
  })

  it('every process knows its engines and the others, and only the gateway can sign who asks', async () => {
    const [membership, gateway] = [await ask('membership'), await ask('gateway')]
    expect(membership.environment).toMatchObject({
      COLLEGIUM_SHARDS: '2',
      COLLEGIUM_KAFKA_BROKERS: system.engines.kafka.address,
      COLLEGIUM_REDIS_URL: system.engines.redis.address,
      COLLEGIUM_ACTOR_PUBLIC_KEY_FILE: system.keys.actorPublicKey,
    })
    // Each under a role of its own, never as the owner.
    for (const [name, { environment }] of Object.entries({ membership, gateway }))
      expect(new URL(environment.COLLEGIUM_POSTGRES_URL as string).username).toBe(`collegium_${name}`)
    expect(gateway.environment.COLLEGIUM_MEMBERSHIP_HTTP).toBe(system.processes.membership?.http)
    expect(gateway.environment.COLLEGIUM_MEMBERSHIP_GRPC).toBe(system.processes.membership?.grpc)
    expect(gateway.environment.COLLEGIUM_ACTOR_KEY_FILE).toBe(system.keys.actorKey)
    expect(membership.environment.COLLEGIUM_ACTOR_KEY_FILE).toBeUndefined()
    expect(membership.environment.COLLEGIUM_GRPC_PORT).toBe(system.processes.membership?.grpc?.split(':')[1])
    expect(system.gateway).toBe(system.processes.gateway?.http)
  })

  it('each service has its database, each that keeps facts its topic', async () => {
    const client = new pg.Client({ connectionString: system.engines.postgres.address })
    await client.connect()
    const { rows } = await client.query("SELECT datname FROM pg_database WHERE datname LIKE 'collegium%' ORDER BY 1")
    await client.end()
    expect(rows.map(({ datname }) => datname)).toEqual(['collegium_gateway', 'collegium_membership'])
    const admin = new Kafka({ brokers: [...system.engines.kafka.brokers], logLevel: logLevel.NOTHING }).admin()
    await admin.connect()
    const topics = await admin.listTopics()
    await admin.disconnect()
    expect(topics.filter((topic) => topic.startsWith('collegium.'))).toEqual(['collegium.membership.v1'])
  })

  it('a killed process stays away until it is started again, on its old address', async () => {
    const before = (await ask('membership')).pid
    await system.processes.membership?.kill()
    expect(system.processes.membership?.running()).toBe(false)
    await expect(ask('membership')).rejects.toThrow()
    await system.processes.membership?.start()
    expect((await ask('membership')).pid).not.toBe(before)
    expect(said.join()).not.toContain('ended by itself')
  })

  it('a process that ends by itself is reported and not restarted', async () => {
    await fetch(`${system.processes.membership?.http}/end`).catch(() => {})
    await expect.poll(() => said.find((line) => line.startsWith('membership ended by itself (code 7)'))).toBeDefined()
    expect(system.processes.membership?.running()).toBe(false)
    await system.processes.membership?.start()
  })

  it('the end is orderly: the gateway, the services, the engines; nothing is left', async () => {
    await system.stop()
    expect(readFileSync(ends, 'utf8')).toBe('gateway\nmembership\n')
    await expect(askPostgres(system.engines.postgres.address)).rejects.toThrow()
    expect(existsSync(system.dir)).toBe(false)
    await system.stop()
  })

  it('a service that cannot start ends the whole start with its own words', async () => {
    await expect(startDistributed({ ...two, environment: { ...environment, FIXTURE_BROKEN: 'membership' } })).rejects.toThrow(
      /membership ended before it was ready:[\s\S]*no such unit/,
    )
  }, 60_000)
})
