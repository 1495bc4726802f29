import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { Kafka, logLevel } from 'kafkajs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseOf } from '../../infra/processes.ts'
import type { Client } from '../kit/client.ts'
import { type DistributedCollegium, startCollegiumDistributed } from '../kit/collegium.ts'
import { asked, contentsOf, leaveTexts, rowsOf, textsOf, thoseWith } from './planted.ts'
import { eventually, federation, insist, ok, openAccounts, type Scene, sceneOf, yaml } from './scene.ts'

/** The same fifty texts where each service is a process: also in topics, in Redis, and in databases that were restored from before. */
const texts = textsOf()
let collegium: DistributedCollegium
let scene: Scene
let mine: Client
const as = (who: string): Promise<Client> => scene.as(who)
const restored = ['activities', 'volunteers'] as const
const server = (): string => collegium.system.engines.postgres.address

/** Every message of every topic from the beginning, its key and headers too, after unpacking. */
const messages = async (): Promise<string[]> => {
  const kafka = new Kafka({ clientId: 'search', brokers: [...collegium.system.engines.kafka.brokers], logLevel: logLevel.NOTHING })
  const admin = kafka.admin()
  await admin.connect()
  const topics = (await admin.listTopics()).filter((topic) => !topic.startsWith('__'))
  const ends = new Map<string, number>()
  for (const topic of topics)
    for (const { partition, high, low } of await admin.fetchTopicOffsets(topic)) if (Number(high) > Number(low)) ends.set(`${topic} ${partition}`, Number(high))
  const groupId = `search-${Date.now()}`
  const consumer = kafka.consumer({ groupId })
  await consumer.connect()
  await consumer.subscribe({ topics, fromBeginning: true })
  const found: string[] = []
  await new Promise<void>((resolve, reject) => {
    setTimeout(() => reject(new Error(`Not read: ${[...ends.keys()]}`)), 60_000).unref()
    void consumer.run({
      eachMessage: async ({ topic, partition, message: { key, value, headers, offset } }) => {
        found.push([topic, key, value, ...Object.values(headers ?? {})].map((part) => part?.toString() ?? '').join(' '))
        if (Number(offset) + 1 >= (ends.get(`${topic} ${partition}`) ?? 0)) ends.delete(`${topic} ${partition}`)
        if (ends.size === 0) resolve()
      },
    })
  })
  await consumer.disconnect()
  await admin.deleteGroups([groupId]).catch(() => {})
  await admin.disconnect()
  return found
}

/** Every key of Redis with what it holds. */
const cached = async (): Promise<string[]> => {
  const redis = new Redis(collegium.system.engines.redis.address)
  const found: string[] = []
  for await (const keys of redis.scanStream({ count: 500 }) as AsyncIterable<string[]>)
    for (const key of keys)
      found.push(`${key} ${(await redis.dumpBuffer(key))?.toString('latin1') ?? ''} ${(await redis.type(key)) === 'string' ? await redis.get(key) : ''}`)
  redis.disconnect()
  return found
}

const everywhere = async (): Promise<string[]> => {
  const { dir } = collegium.system
  // A backup from before is not the installation, until it is restored.
  const rows = await rowsOf(server(), (name) => name !== 'postgres' && !name.startsWith('backup_'))
  return [...rows, ...contentsOf(join(dir, 'audit')), ...contentsOf(join(dir, 'log')), ...(await messages()), ...(await cached())]
}
const found = async (): Promise<string[]> => thoseWith(texts, await everywhere())
/** How many keys of the person live, and how many ciphertexts lie under them. */
const secrets = async (service: string) =>
  (
    await asked<{ keys: number; texts: number }>(
      server(),
      databaseOf(service),
      `select (select count(*)::int from person_keys where person = 'ming' and destroyed_at is null) as keys,
              (select count(*)::int from events where sealed_key(sealed)::uuid in (select key_id from person_keys where person = 'ming')) as texts`,
    )
  )[0]

const whileDown = async (names: readonly string[], work: () => Promise<void>): Promise<void> => {
  for (const name of names) await collegium.system.processes[name]?.stop()
  await work()
  for (const name of names) await collegium.system.processes[name]?.start()
}
/** Each of them: a copy of one database under another name. */
const copied = async (pairs: readonly (readonly [from: string, to: string])[]): Promise<void> => {
  for (const [from, to] of pairs) {
    await asked(server(), 'postgres', `drop database if exists ${pg.escapeIdentifier(to)} with (force)`)
    const [row] = await asked<{ owner: string }>(server(), 'postgres', 'select pg_get_userbyid(datdba) as owner from pg_database where datname = $1', [from])
    await asked(
      server(),
      'postgres',
      `create database ${pg.escapeIdentifier(to)} template ${pg.escapeIdentifier(from)} owner ${pg.escapeIdentifier(row?.owner ?? '')}`,
    )
  }
}

beforeAll(async () => {
  process.env.COLLEGIUM_KAFKA_SESSION_MS = '6000'
  collegium = await startCollegiumDistributed({ environment: { COLLEGIUM_LOG_LEVEL: 'trace' } })
  scene = sceneOf({ ...collegium, form: 'distributed', restart: async () => {} })
  ok(await (await as('operator')).post('/imports', federation.replace('erasures:request,', 'erasures:request, tokens:make,'), yaml))
  await openAccounts(scene)
})
afterAll(async () => collegium?.stop())

describe('a person who is erased, each service a process of its own', () => {
  it('[PL-12] left fifty texts; none of them ever reaches a topic, a log’s file or Redis, and the search would find one there', async () => {
    mine = await leaveTexts(scene, texts)
    expect(texts.planted).toHaveLength(50)
    expect(ok(await mine.get('/people/ming'))).toMatchObject({ name: texts.ming.name })
    expect(await secrets('activities')).toEqual({ keys: 1, texts: 20 })
    expect(await found()).not.toEqual([])
    await eventually(messages, (all) => expect(all.filter((each) => each.includes(`meeting-${scene.made.meeting}`)).length).toBeGreaterThan(1))
    expect(thoseWith(texts, [...(await messages()), ...(await cached()), ...contentsOf(join(collegium.system.dir, 'audit'))])).toEqual([])
    const redis = new Redis(collegium.system.engines.redis.address)
    await redis.hset('probe', 'field', texts.planted[7] as string)
    expect(thoseWith(texts, await cached())).toHaveLength(1)
    await redis.del('probe')
    redis.disconnect()
    expect(contentsOf(join(collegium.system.dir, 'log')).length).toBeGreaterThan(8)
  })

  it('[PL-12] is found in no database, topic, tile, cache or log once every process has said that it is done', async () => {
    await whileDown(restored, () => copied(restored.map((name) => [databaseOf(name), `backup_${name}`])))
    const [guide, guide2] = [await as('guide'), await as('guide-2')]
    ok(await insist(() => mine.post('/erasures', { person: 'ming', basis: 'consent-withdrawn' })))
    ok(await insist(() => guide.post('/erasures/ming/approval')))
    ok(await insist(() => guide2.post('/erasures/ming/approval')))
    await eventually(
      async () => ok(await guide.get('/erasures')).items[0],
      (seen) => expect(seen).toMatchObject({ person: 'ming', status: 'complete', missing: [] }),
      60,
    )
    for (const service of [...restored, 'membership']) expect(await secrets(service)).toEqual({ keys: 0, texts: 0 })
    await eventually(found, (seen) => expect(seen).toEqual([]), 30)
    await expect(collegium.signIn(texts.account)).rejects.toThrow('401')
  })

  it('[PL-06] [PL-12] leaves the log sound', async () => {
    const audit = join(collegium.system.dir, 'audit')
    const main = join(import.meta.dirname, '../../services/verifier/src/main.ts')
    const verifier = (command: string) =>
      spawnSync(process.execPath, [main, command, audit, '--policy', join(audit, 'policy'), '--language', 'en'], { encoding: 'utf8' })
    for (const command of ['verify', 'erasures'])
      await eventually(
        async () => verifier(command),
        (told) => expect(told.status, told.stdout + told.stderr).toBe(0),
        30,
      )
  })

  it('[PL-12] does not come back with databases that were restored from before', async () => {
    await whileDown(restored, async () => {
      await copied(restored.map((name) => [`backup_${name}`, databaseOf(name)]))
      expect(await secrets('activities')).toEqual({ keys: 1, texts: 20 })
      expect(await secrets('volunteers')).toEqual({ keys: 1, texts: 16 })
    })
    await eventually(
      async () => Promise.all(restored.map(secrets)),
      (seen) => expect(seen).toEqual(restored.map(() => ({ keys: 0, texts: 0 }))),
      60,
    )
    await eventually(found, (seen) => expect(seen).toEqual([]), 30)
  })
})
