// `node infra/prepare.ts`: what must stand before the services start, each step only where it is missing: keys, certificates, databases with their tables and roles, topics.
// The one-shot container of docker-compose.yml runs it: it alone knows the owner's password; services connect under roles that only add to history.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import { readConfig, Secret } from '../shared/src/config.ts'
import { kafkaUser } from '../shared/src/log/kafka.ts'
import { makeCertificates } from './certificates.ts'
import { createDatabases } from './databases.ts'
import { grantRights, outsideReader } from './kafka/rights.ts'
import { createTopics } from './kafka/topics.ts'
import { makeKeys } from './keys.ts'
import { databasesOf, processes, publishing } from './processes.ts'
import { prepareRoles } from './roles.ts'

const config = readConfig(
  Type.Object({
    COLLEGIUM_POSTGRES_URL: Secret(),
    COLLEGIUM_KAFKA_BROKERS: Type.String({ minLength: 1 }),
    COLLEGIUM_KAFKA_USERNAME: Type.Optional(Type.String({ minLength: 1 })),
    COLLEGIUM_KAFKA_PASSWORD: Type.Optional(Secret()),
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
const addresses = join(config.COLLEGIUM_KEYS, 'postgres')
const kept = (service: string): string | undefined => {
  const file = join(addresses, service)
  return existsSync(file) ? decodeURIComponent(new URL(readFileSync(file, 'utf8')).password) : undefined
}
const roles = await prepareRoles(config.COLLEGIUM_POSTGRES_URL, databasesOf(names), {
  passwordOf: (service) => kept(service) ?? randomBytes(24).toString('base64url'),
  say: console.log,
})
mkdirSync(addresses, { recursive: true })
for (const [service, address] of roles) writeFileSync(join(addresses, service), address, { mode: 0o600 })
const brokers = config.COLLEGIUM_KAFKA_BROKERS.split(',')
const admin = kafkaUser(config.COLLEGIUM_KAFKA_USERNAME, config.COLLEGIUM_KAFKA_PASSWORD, 'plain')
const topics = await createTopics(brokers, publishing(processes), config.COLLEGIUM_SHARDS, admin)
if (admin !== undefined) {
  // infra/kafka/users.sh makes the users of these files; what they may do stands before there are any.
  const passwords = join(config.COLLEGIUM_KEYS, 'kafka')
  mkdirSync(passwords, { recursive: true })
  for (const user of [...publishing(processes), outsideReader])
    if (!existsSync(join(passwords, user))) writeFileSync(join(passwords, user), randomBytes(24).toString('base64url'), { mode: 0o600 })
  await grantRights(brokers, publishing(processes), admin)
}
console.log(`ready: keys in ${config.COLLEGIUM_KEYS}, ${databases.length} databases, ${topics.length} topics`)
