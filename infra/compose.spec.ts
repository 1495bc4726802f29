import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { expect, it } from 'vitest'
import { graceMs } from '../shared/src/grace.ts'
import { composeText, readCompose } from './compose.ts'
import { addressesOf } from './distributed.ts'
import { initdbArguments } from './engines/postgres-settings.ts'
import { processes } from './processes.ts'

const root = join(import.meta.dirname, '..')
const text = composeText()
const compose = readCompose()
const containers = Object.entries(compose.services)
/** They end by themselves: how they ended counts. */
const once = ['prepare', 'kafka-users']

it('the file is valid by the compose specification', () => {
  const schema = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('docker-compose/schema/compose-spec.json'), 'utf8')) as { $schema?: string }
  const ajv = new Ajv({ strict: false, allErrors: true })
  ;(formats as unknown as (ajv: Ajv) => void)(ajv)
  ajv.addFormat('duration', /^(\d+(\.\d+)?(us|ms|s|m|h))+$/)
  const { $schema: _, ...draft7 } = schema
  const validate = ajv.compile(draft7)
  validate(compose)
  expect(validate.errors).toBeNull()
  // The check can fail.
  expect(validate({ services: { one: { image: 5, healthchek: {} } } })).toBe(false)
})

it('every process is a container with its own command and ports, and knows its engines and all others', () => {
  const addresses = addressesOf(processes, (name) => name)
  for (const { name, http, grpc } of processes) {
    const container = compose.services[name]
    expect(container?.command, name).toEqual(['node', `services/${name}/src/main.ts`])
    expect(container?.environment, name).toMatchObject({ ...addresses, COLLEGIUM_HTTP_PORT: http, ...(grpc === null ? {} : { COLLEGIUM_GRPC_PORT: grpc }) })
    expect(container?.environment?.COLLEGIUM_TLS_CERT_FILE, name).toBe(`/keys/tls/${name}.pem`)
    expect(Object.hasOwn(container?.environment ?? {}, 'COLLEGIUM_ACTOR_KEY_FILE'), name).toBe(name === 'gateway')
    expect(container?.build?.dockerfile).toBe('infra/Dockerfile')
  }
  // Compose kills nobody who would have ended by themselves; Kubernetes gives as long (its spec holds that).
  for (const { name } of processes) expect(Number.parseInt(compose.services[name]?.stop_grace_period ?? '', 10) * 1_000, name).toBeGreaterThan(graceMs)
  expect(containers.map(([name]) => name).sort()).toEqual(
    [...processes.map(({ name }) => name), 'postgres', 'kafka', 'redis', 'prepare', 'kafka-users', 'certificates'].sort(),
  )
})

it('every container is pinned, has a health check, an init and a time to end, and waits for containers that exist', () => {
  for (const [name, container] of containers) {
    expect(container.image, name).toMatch(/^[a-z/]+:.+/)
    expect(container.image, name).not.toMatch(/:latest$/)
    expect(container.init, name).toBe(true)
    expect(container.stop_grace_period, name).toMatch(/^\d+s$/)
    if (once.includes(name)) expect(container.healthcheck?.disable).toBe(true)
    else expect(container.healthcheck?.test?.[0], name).toBe('CMD')
    for (const [other, { condition }] of Object.entries(container.depends_on ?? {})) {
      expect(Object.keys(compose.services), `${name} waits for ${other}`).toContain(other)
      expect(condition).toBe(once.includes(other) ? 'service_completed_successfully' : 'service_healthy')
    }
    for (const volume of container.volumes ?? []) if (!volume.startsWith('./')) expect(Object.keys(compose.volumes), name).toContain(volume.split(':')[0])
  }
})

it('nothing can be reached from another machine', () => {
  const ports = containers.flatMap(([, container]) => container.ports ?? [])
  expect(ports.length).toBeGreaterThan(0)
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/)
})

it('the cluster is made like the one of the tests, and every variable of the file is in .env.example', () => {
  expect(compose.services.postgres?.environment?.POSTGRES_INITDB_ARGS).toBe(initdbArguments().join(' '))
  const example = readFileSync(join(root, '.env.example'), 'utf8')
  const used = new Set([...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name as string))
  expect([...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name).sort()).toEqual([...used].sort())
})

it('every volume of the image is a folder that its user may write', () => {
  const made = /install -d -o node -g node -m 700 (.*)/.exec(readFileSync(join(root, 'infra/Dockerfile'), 'utf8'))?.[1]?.split(' ')
  const mounted = containers.filter(([, { build }]) => build !== undefined).flatMap(([, { volumes = [] }]) => volumes.map((line) => line.split(':')[1]))
  expect(made?.sort()).toEqual([...new Set(mounted)].sort())
})
