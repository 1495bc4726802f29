// `node infra/prepare.ts`: what must stand before the services start, each step only where it is missing: keys, certificates, databases, topics.
// The one-shot container of docker-compose.yml runs it; services bring their own tables up to date when they start.
import { join } from 'node:path'
import { Type } from 'typebox'
import { readConfig, Secret } from '../shared/src/config.ts'
import { makeCertificates } from './certificates.ts'
import { createDatabases } from './databases.ts'
import { createTopics } from './kafka/topics.ts'
import { makeKeys } from './keys.ts'
import { databasesOf, processes, publishing } from './processes.ts'

const config = readConfig(
  Type.Object({
    COLLEGIUM_POSTGRES_URL: Secret(),
    COLLEGIUM_KAFKA_BROKERS: Type.String({ minLength: 1 }),
    COLLEGIUM_SHARDS: Type.Integer({ minimum: 1, default: 8 }),
    COLLEGIUM_KEYS: Type.String({ minLength: 1, default: 'var/keys' }),
    COLLEGIUM_AUTHORITY: Type.String({ minLength: 1, default: 'var/authority' }),
    COLLEGIUM_GATEWAY_KEYS: Type.Optional(Type.String({ minLength: 1 })),
    COLLEGIUM_AUDIT_KEYS: Type.Optional(Type.String({ minLength: 1 })),
    COLLEGIUM_LOG_NAME: Type.String({ default: 'collegium.local' }),
  }),
)
const names = processes.map(({ name }) => name)
makeKeys(config.COLLEGIUM_KEYS, { gateway: config.COLLEGIUM_GATEWAY_KEYS, audit: config.COLLEGIUM_AUDIT_KEYS, logName: config.COLLEGIUM_LOG_NAME })
makeCertificates(join(config.COLLEGIUM_KEYS, 'tls'), config.COLLEGIUM_AUTHORITY, names)
const databases = await createDatabases(config.COLLEGIUM_POSTGRES_URL, databasesOf(names))
const topics = await createTopics(config.COLLEGIUM_KAFKA_BROKERS.split(','), publishing(processes), config.COLLEGIUM_SHARDS)
console.log(`ready: keys in ${config.COLLEGIUM_KEYS}, ${databases.length} databases, ${topics.length} topics`)
