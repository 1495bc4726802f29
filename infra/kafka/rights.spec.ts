import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { freePorts } from '../../shared/src/free-port.ts'
import { connectKafka, kafkaUser } from '../../shared/src/log/kafka.ts'
import { filledIn, readCompose } from '../compose.ts'
import { findJava, kafkaJars } from '../engines/kafka-jars.ts'
import { type Program, startProgram, untilReady } from '../engines/program.ts'
import { environmentOf } from '../kubernetes/environment.ts'
import { grantRights, outsideReader } from './rights.ts'
import { createTopics } from './topics.ts'

/**
 * The broker of docker-compose.yml, and of the manifests for Kubernetes, which has the same: with its very settings but for addresses, as a process here; its users
 * made by the script that makes them there.
 */
const root = join(import.meta.dirname, '../..')
const java = findJava()
const jars = java === null ? null : await kafkaJars().catch(() => null)
if (jars === null && process.env.REQUIRE_ENGINES) throw new Error('Kafka cannot be started here')

const adminPassword = 'a password of the admin'
const passwords: Readonly<Record<string, string>> = { activities: 'one-of-activities', volunteers: 'one-of-volunteers', [outsideReader]: 'one-of-the-reader' }
const silent = pino({ level: 'silent' })
let folder = ''
let broker: Program
let address = ''
let outside = ''

/** KAFKA_A_B___C → a.b-c, as the image does it. */
const propertyOf = (name: string): string =>
  name
    .replace(/^KAFKA_/, '')
    .toLowerCase()
    .replaceAll('___', '-')
    .replaceAll('__', '\0')
    .replaceAll('_', '.')
    .replaceAll('\0', '_')

const propertiesOf = (environment: Readonly<Record<string, string | number>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment)
      .filter(([name]) => /^KAFKA_(?!HEAP_OPTS)/.test(name))
      .map(([name, value]) => [propertyOf(name), String(value)]),
  )
const ofCompose = (): Record<string, string> =>
  propertiesOf(
    Object.fromEntries(Object.entries(readCompose().services.kafka?.environment ?? {}).map(([name, value]) => [name, filledIn(value, () => adminPassword)])),
  )
const ofKubernetes = (): Record<string, string> => {
  const manifests = parseAllDocuments(readFileSync(join(root, 'infra/kubernetes/generated/engines.yaml'), 'utf8')).map((document) => document.toJS())
  const { containers } = manifests.find(({ metadata }) => metadata.name === 'kafka').spec.template.spec
  return propertiesOf(environmentOf(containers[0], [], { COLLEGIUM_KAFKA_ADMIN_PASSWORD: adminPassword }))
}

it('brokers of the containers and of Kubernetes have the same settings, rights and passwords included', () => {
  expect(ofKubernetes()).toEqual(ofCompose())
  expect(ofKubernetes()['authorizer.class.name']).toBe('org.apache.kafka.metadata.authorizer.StandardAuthorizer')
})

const settings = async (): Promise<Record<string, string>> => {
  const [outer, controller, between] = await freePorts(3)
  outside = `127.0.0.1:${outer}`
  address = `127.0.0.1:${between}`
  return {
    ...ofKubernetes(),
    listeners: `OUTSIDE://${outside},CONTROLLER://127.0.0.1:${controller},BETWEEN://${address}`,
    'advertised.listeners': `OUTSIDE://${outside},BETWEEN://${address}`,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    'log.dirs': join(folder, 'data'),
    'offsets.topic.num.partitions': '1',
    'log.cleaner.dedupe.buffer.size': '4194304',
    'log.index.size.max.bytes': '1048576',
  }
}

const as = (username: string, password = passwords[username] as string, brokers = address) =>
  connectKafka({ brokers: [brokers], clientId: 'spec', user: kafkaUser(username, password), logger: silent })
const write = async (username: string, topic: string): Promise<void> => {
  const producer = as(username).producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false, retry: { retries: 1 } })
  await producer.connect()
  await producer.send({ topic, messages: [{ key: 'k', value: `of ${username}`, partition: 0 }] }).finally(() => producer.disconnect())
}
/** The first message that a user reads of a topic in a group. */
const read = async (username: string, topic: string, groupId: string, brokers = address): Promise<string> => {
  const consumer = as(username, passwords[username], brokers).consumer({
    groupId,
    retry: { retries: 8, initialRetryTime: 200, restartOnFailure: async () => false },
  })
  await consumer.connect()
  try {
    return await new Promise<string>((resolve, reject) => {
      consumer.on('consumer.crash', ({ payload }) => reject(payload.error))
      consumer
        .subscribe({ topic, fromBeginning: true })
        .then(() => consumer.run({ eachMessage: async ({ message }) => resolve(String(message.value)) }))
        .catch(reject)
    })
  } finally {
    await consumer.disconnect()
  }
}

describe.skipIf(jars === null)('brokers that ask who one is', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'collegium-kafka-rights-'))
    const properties = join(folder, 'server.properties')
    const lines = Object.entries(await settings()).map(([name, value]) => `${name}=${value}\n`)
    writeFileSync(properties, lines.join(''))
    const options = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', `${jars}/*`]
    const tool = (...words: string[]) => execFileSync(java as string, [...options, ...words], { stdio: 'pipe' })
    tool('kafka.tools.StorageTool', 'format', '-t', 'Y29sbGVnaXVtLWNvbXBvc2U', '-c', properties)
    broker = startProgram(java as string, [...options, 'kafka.Kafka', properties], { cwd: folder, log: join(folder, 'output'), orphanSignal: 'SIGKILL' })
    const admin = kafkaUser('admin', adminPassword, 'plain')
    if (admin === undefined) throw new Error('no admin')
    await untilReady('Kafka with rights', broker, 60_000, () => createTopics([address], ['activities', 'volunteers'], 2, admin).then(() => {}))
    await grantRights([address], ['activities', 'volunteers'], admin)

    const files = join(folder, 'users')
    mkdirSync(files)
    for (const [user, password] of Object.entries(passwords)) writeFileSync(join(files, user), password)
    const login = `org.apache.kafka.common.security.plain.PlainLoginModule required username="admin" password="${adminPassword}";`
    writeFileSync(join(folder, 'admin.properties'), `security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=${login}\n`)
    writeFileSync(join(folder, 'configs'), `#!/bin/sh\nexec '${java}' ${options.map((word) => `'${word}'`).join(' ')} kafka.admin.ConfigCommand "$@"\n`, {
      mode: 0o755,
    })
    execFileSync('sh', [join(root, 'infra/kafka/users.sh'), files, address, join(folder, 'admin.properties')], {
      env: { ...process.env, KAFKA_CONFIGS: join(folder, 'configs') },
      stdio: 'pipe',
    })
  }, 180_000)
  afterAll(async () => {
    await broker?.stop('SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  })

  it('let a service write its own topic and read all, in its own group', async () => {
    await write('activities', 'collegium.activities.v1')
    await write('volunteers', 'collegium.volunteers.v1')
    // The coordinator takes a while to load after the first start.
    const first = () => read('volunteers', 'collegium.activities.v1', 'collegium.volunteers').catch((error: Error) => error.message)
    await expect.poll(first, { timeout: 30_000, interval: 500 }).toBe('of activities')
    expect(await read(outsideReader, 'collegium.activities.v1', 'reader.elsewhere', outside)).toBe('of activities')
  }, 60_000)

  it('refuse a service another’s topic and another’s group, and who only reads any topic', async () => {
    const refused = { type: expect.stringMatching(/^(TOPIC|CLUSTER)_AUTHORIZATION_FAILED$/) }
    await expect(write('activities', 'collegium.volunteers.v1')).rejects.toMatchObject(refused)
    await expect(write(outsideReader, 'collegium.activities.v1')).rejects.toMatchObject(refused)
    await expect(read('activities', 'collegium.volunteers.v1', 'collegium.volunteers')).rejects.toThrow(/group/i)
    expect(await read('activities', 'collegium.volunteers.v1', 'collegium.activities')).toBe('of volunteers')
    const admin = as('activities').admin({ retry: { retries: 0 } })
    await admin.connect()
    await expect(admin.createTopics({ topics: [{ topic: 'collegium.mine.v1', numPartitions: 1 }] })).rejects.toThrow()
    await expect(admin.deleteTopics({ topics: ['collegium.activities.v1'] })).rejects.toThrow()
    await admin.disconnect()
  }, 60_000)

  it('let nobody in without a name, with a wrong password, or with the admin’s way from outside', async () => {
    const tries = [
      connectKafka({ brokers: [address], clientId: 'spec', logger: silent }),
      as('activities', 'another password'),
      as('nobody', 'at all'),
      connectKafka({ brokers: [outside], clientId: 'spec', user: kafkaUser('admin', adminPassword, 'plain'), logger: silent }),
    ]
    for (const [at, client] of tries.entries()) {
      const admin = client.admin({ retry: { retries: 0 } })
      const told = admin.connect().then(() => admin.listTopics())
      await expect(told, `try ${at}`).rejects.toThrow()
      await admin.disconnect()
    }
    expect(() => kafkaUser('activities', undefined)).toThrow('belong together')
  }, 60_000)
})
