import { type AclEntry, AclPermissionTypes, AclResourceTypes, AclOperationTypes as Act, Kafka as Client, logLevel, ResourcePatternTypes } from 'kafkajs'
import { topicOf } from '../../shared/src/log/cloud-event.ts'
import { type KafkaUser, saslOf } from '../../shared/src/log/kafka.ts'

/** Who reads the topics from outside of the installation, and writes nothing. */
export const outsideReader = 'reader'

const topics = { resourceType: AclResourceTypes.TOPIC, resourceName: 'collegium.', resourcePatternType: ResourcePatternTypes.PREFIXED }
const allowed = (user: string, operation: Act, at: Pick<AclEntry, 'resourceType' | 'resourceName' | 'resourcePatternType'>): AclEntry => ({
  ...at,
  principal: `User:${user}`,
  host: '*',
  operation,
  permissionType: AclPermissionTypes.ALLOW,
})

/** What a user may do: read every topic in groups of its own name; a service also write its own topic, and nobody else's. */
export const rightsOf = (user: string): AclEntry[] => {
  const own = { resourceType: AclResourceTypes.TOPIC, resourceName: topicOf(user), resourcePatternType: ResourcePatternTypes.LITERAL }
  const group = { resourceType: AclResourceTypes.GROUP, resourceName: `collegium.${user}`, resourcePatternType: ResourcePatternTypes.LITERAL }
  const prefixed = { ...group, resourceName: `${user}.`, resourcePatternType: ResourcePatternTypes.PREFIXED }
  return [
    allowed(user, Act.READ, topics),
    allowed(user, Act.DESCRIBE, topics),
    ...(user === outsideReader ? [allowed(user, Act.READ, prefixed)] : [allowed(user, Act.READ, group), allowed(user, Act.WRITE, own)]),
  ]
}

/** Gives the services, and who reads from outside, their rights; what is there already stays. The brokers refuse everything else. */
export const grantRights = async (brokers: readonly string[], services: readonly string[], user: KafkaUser): Promise<void> => {
  const admin = new Client({ clientId: 'collegium-rights', brokers: [...brokers], ...saslOf(user), logLevel: logLevel.NOTHING, retry: { retries: 8 } }).admin()
  await admin.connect()
  try {
    await admin.createAcls({ acl: [...services, outsideReader].flatMap(rightsOf) })
  } finally {
    await admin.disconnect()
  }
}
