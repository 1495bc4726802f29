/** What a cluster must be told and docker-compose.yml does not say, a line for each container that lasts. Memory as Kubernetes writes it. */
type Choice = {
  readonly memory: { readonly requests: string; readonly limits: string }
  readonly cpu: string
  /** The user of its image, since nothing runs as root. */
  readonly user: number
  /** Folders that its image writes to besides its volumes. */
  readonly scratch: readonly string[]
  /** What it answers at, by name, where its environment does not say so. */
  readonly ports?: Readonly<Record<string, number>>
  /** How much its own volume holds: it is then a StatefulSet. */
  readonly storage?: string
  readonly replicas?: number
}

/** The user `node` of the project's image. */
const node = 1000
const service: Choice = { memory: { requests: '256Mi', limits: '640Mi' }, cpu: '100m', user: node, scratch: [] }

const choices: Readonly<Record<string, Choice>> = {
  postgres: {
    memory: { requests: '1Gi', limits: '2Gi' },
    cpu: '500m',
    user: 999,
    scratch: ['/tmp', '/var/run/postgresql'],
    ports: { postgres: 5432 },
    storage: '50Gi',
  },
  kafka: {
    memory: { requests: '1Gi', limits: '1536Mi' },
    cpu: '250m',
    user: 1000,
    scratch: ['/tmp', '/opt/kafka/config', '/opt/kafka/logs'],
    ports: { between: 9094, outside: 9092 },
    storage: '50Gi',
  },
  redis: { memory: { requests: '64Mi', limits: '256Mi' }, cpu: '50m', user: 999, scratch: ['/tmp'], ports: { redis: 6379 } },
  prepare: { ...service, scratch: ['/tmp'] },
  'kafka-users': { memory: { requests: '256Mi', limits: '512Mi' }, cpu: '100m', user: 1000, scratch: ['/tmp', '/opt/kafka/logs'] },
  certificates: { ...service, memory: { requests: '96Mi', limits: '256Mi' }, cpu: '10m', scratch: ['/tmp'] },
  audit: { ...service, storage: '10Gi' },
  gateway: { ...service, replicas: 2 },
}

export const choiceOf = (name: string): Choice => choices[name] ?? service

/** How long a pod that ends still takes requests: until every node has heard that it does. */
export const deafSeconds = 5

/** Who asks for `/metrics`: pods of this namespace. */
export const monitoring = 'monitoring'
export const namespace = 'collegium'
export const secretName = 'collegium-engines'
export const configurationName = 'collegium'
