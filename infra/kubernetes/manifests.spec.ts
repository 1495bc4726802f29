import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Deployment, type IDeployment } from 'kubernetes-models/apps/v1/Deployment'
import { type IStatefulSet, StatefulSet } from 'kubernetes-models/apps/v1/StatefulSet'
import { type IJob, Job } from 'kubernetes-models/batch/v1/Job'
import { type INetworkPolicy, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget'
import type { IContainer, IPodSpec, IService } from 'kubernetes-models/v1'
import { ConfigMap, type IConfigMap } from 'kubernetes-models/v1/ConfigMap'
import { Namespace } from 'kubernetes-models/v1/Namespace'
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim'
import { Service } from 'kubernetes-models/v1/Service'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { composeText, filledIn, readCompose, secretsOf } from '../compose.ts'
import { deafSeconds, secretName } from './choices.ts'
import { environmentOf } from './environment.ts'
import { kubernetesFiles, type Manifest } from './manifests.ts'

const folder = join(import.meta.dirname, 'generated')
const text = (name: string): string => readFileSync(join(folder, name), 'utf8')
const compose = readCompose()
const secrets = Object.fromEntries(secretsOf(composeText()).map((name) => [name, `a-chosen-${name.toLowerCase()}`]))

/** What is applied, as kubectl reads it in the files. */
const manifests = (parseAllDocuments(
  readdirSync(folder)
    .filter((name) => name !== 'kustomization.yaml')
    .map(text)
    .join('---\n'),
  { version: '1.1' },
).map((document) => document.toJS()) ?? []) as Manifest[]
const all = <T extends Manifest>(kind: T['kind']): T[] => manifests.filter((each): each is T => each.kind === kind)
const maps = all<IConfigMap>('ConfigMap')
const workloads = [...all<IDeployment>('Deployment'), ...all<IStatefulSet>('StatefulSet'), ...all<IJob>('Job')]
const podOf = (name: string): IPodSpec => {
  const owner = workloads.find(({ spec }) => containersOf(spec?.template.spec).some((each) => each.name === name))
  if (owner === undefined) throw new Error(`nothing runs ${name}`)
  return owner.spec?.template.spec as IPodSpec
}
const containersOf = (pod: IPodSpec | undefined): IContainer[] => [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])]
const containerOf = (name: string): IContainer => containersOf(podOf(name)).find((each) => each.name === name) as IContainer
const composed = Object.entries(compose.services)

describe('the Kubernetes form', () => {
  it('is what docker-compose.yml says now', () => {
    const files = kubernetesFiles()
    expect(readdirSync(folder).sort()).toEqual(Object.keys(files).sort())
    for (const [name, content] of Object.entries(files)) expect(text(name), `${name}: run npm run docs`).toBe(content)
  })

  it('is valid by Kubernetes’ own schemas, each object of it, and no name is taken twice', () => {
    const kinds = { ConfigMap, Deployment, Job, Namespace, NetworkPolicy, PersistentVolumeClaim, PodDisruptionBudget, Service, StatefulSet }
    for (const each of manifests) new (kinds[each.kind] as new (data: never) => { validate: () => void })(each as never).validate()
    const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata?.name}`)
    expect(new Set(names).size).toBe(names.length)
    // The check can fail.
    const [one] = all<IDeployment>('Deployment')
    expect(() => new Deployment({ ...one, spec: { ...one?.spec, replicas: 'two' } } as never).validate()).toThrow()
    expect(() => new Deployment({ ...one, spec: { selector: {}, template: { spec: { containers: [{}] } } } } as never).validate()).toThrow()
  })

  it('runs every container with its image, its command and every variable that it has there, and no other', () => {
    const here = workloads.flatMap(({ spec }) => containersOf(spec?.template.spec).map(({ name }) => name)).filter((name) => name !== 'wait')
    expect(here.sort()).toEqual(composed.map(([name]) => name).sort())
    for (const [name, there] of composed) {
      const container = containerOf(name)
      expect(container.image, name).toBe(filledIn(there.image, () => ''))
      const words = (list: readonly string[] = []) => list.map((word) => filledIn(word, (secret) => secrets[secret] as string))
      expect([...(container.command ?? []), ...(container.args ?? [])], name).toEqual([...words(there.entrypoint), ...words(there.command)])
      const variables = Object.entries(there.environment ?? {}).map(([variable, value]) => [variable, filledIn(value, (secret) => secrets[secret] as string)])
      // A secret that is part of a longer text stands beside it under its own name.
      const told = Object.entries(environmentOf(container, maps, secrets)).filter(([variable]) => !(variable in secrets))
      expect(Object.fromEntries(told), name).toEqual(Object.fromEntries(variables))
    }
  })

  it('gives every container the folders that it has there, read only where they are, and nothing of the node’s', () => {
    for (const [name, there] of composed) {
      const { volumeMounts = [] } = containerOf(name)
      const volumes = podOf(name).volumes ?? []
      for (const line of there.volumes ?? []) {
        const [, path, mode] = line.split(':')
        const mount = volumeMounts.find(({ mountPath }) => mountPath === path)
        expect(mount, `${name} ${path}`).toBeDefined()
        expect(mount?.readOnly ?? false, `${name} ${path}`).toBe(mode === 'ro')
      }
      for (const { name: volume } of volumeMounts) {
        const claimed = all<IStatefulSet>('StatefulSet').some(({ spec }) => spec?.volumeClaimTemplates?.some(({ metadata }) => metadata?.name === volume))
        expect(claimed || volumes.some((each) => each.name === volume), `${name} ${volume}`).toBe(true)
      }
      expect(volumes.filter((volume) => 'hostPath' in volume)).toEqual([])
    }
    const claims = all('PersistentVolumeClaim').map(({ metadata }) => metadata?.name)
    const asked = workloads.flatMap(({ spec }) => (spec?.template.spec?.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) => claim?.claimName ?? []))
    expect([...new Set(asked)].sort()).toEqual(claims.sort())
    expect(maps.find(({ metadata }) => metadata?.name === 'collegium-scripts')?.data?.['users.sh']).toBe(
      readFileSync(join(import.meta.dirname, '../kafka/users.sh'), 'utf8'),
    )
  })

  it('lets nothing run as root, gain rights or write outside of its folders', () => {
    for (const { metadata, spec } of workloads) {
      const pod = spec?.template.spec
      const name = metadata?.name
      expect(pod?.securityContext, name).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
      expect(pod?.securityContext?.runAsUser, name).toBeGreaterThan(0)
      expect(pod, name).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false })
      for (const container of containersOf(pod)) {
        const closed = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } }
        expect(container.securityContext, container.name).toEqual(closed)
        expect(container.resources?.limits, container.name).toHaveProperty('memory')
        expect(container.resources?.requests, container.name).toHaveProperty('cpu')
      }
    }
  })

  it('asks every process how it is, as compose does or over HTTP, and gives it as long to end, and until it is no longer asked', () => {
    for (const [name, { healthcheck, environment = {}, stop_grace_period }] of composed) {
      if (healthcheck?.disable) continue
      const { livenessProbe, readinessProbe, startupProbe, lifecycle } = containerOf(name)
      const served = 'COLLEGIUM_HTTP_PORT' in environment
      const inside = { exec: { command: healthcheck?.test?.slice(1) } }
      expect(livenessProbe, name).toMatchObject(served ? { httpGet: { path: '/livez', port: 'http' } } : inside)
      expect(readinessProbe, name).toMatchObject(served ? { httpGet: { path: '/readyz', port: 'http' } } : inside)
      expect((startupProbe?.periodSeconds ?? 0) * (startupProbe?.failureThreshold ?? 0), name).toBeGreaterThanOrEqual(300)
      expect(livenessProbe).toMatchObject({ failureThreshold: healthcheck?.retries, timeoutSeconds: Number.parseInt(healthcheck?.timeout ?? '', 10) })
      expect(lifecycle?.preStop?.exec?.command).toEqual(served ? ['sleep', String(deafSeconds)] : undefined)
      expect(podOf(name).terminationGracePeriodSeconds, name).toBe(Number.parseInt(stop_grace_period ?? '', 10) + (served ? deafSeconds : 0))
    }
    for (const { metadata, spec } of all<IDeployment>('Deployment')) {
      const { http } = Object.fromEntries(containerOf(metadata?.name as string).ports?.map(({ name, containerPort }) => [name, containerPort]) ?? [])
      if (http !== undefined) expect(spec?.strategy, metadata?.name).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } })
    }
  })

  it('knows every address that a process is told, and lets in who must come and nobody else', () => {
    const told = maps.flatMap(({ data }) => Object.entries(data ?? {})).flatMap(([, value]) => [...value.matchAll(/([a-z]+):(\d{4,5})(?=\/|$|\n)/g)])
    const urls = [...text('preparation.yaml').matchAll(/@(postgres):(\d+)/g)]
    expect(told.length).toBeGreaterThan(19)
    for (const [, host, port] of [...told, ...urls]) {
      const service = all<IService>('Service').find(({ metadata }) => metadata?.name === host)
      const found = service?.spec?.ports?.find((each) => each.port === Number(port))
      expect(found, `${host}:${port}`).toBeDefined()
      expect(containerOf(host as string).ports, `${host}:${port}`).toContainEqual({ name: found?.targetPort, containerPort: Number(port) })
    }
    const policies = all<INetworkPolicy>('NetworkPolicy')
    expect(policies.find(({ spec }) => Object.keys(spec?.podSelector ?? {}).length === 0)?.spec?.policyTypes).toEqual(['Ingress', 'Egress'])
    const admitted = (name: string, port: string) =>
      policies
        .find(({ metadata }) => metadata?.name === name)
        ?.spec?.ingress?.filter(({ ports }) => ports?.some((each) => each.port === port))
        .flatMap(({ from }) => from?.flatMap(({ podSelector }) => podSelector?.matchLabels?.['app.kubernetes.io/name'] ?? []) ?? ['anybody'])
    const services = composed.filter(([, { environment = {} }]) => 'COLLEGIUM_GRPC_PORT' in environment).map(([name]) => name)
    expect(admitted('postgres', 'postgres')?.sort()).toEqual([...services, 'gateway', 'prepare'].sort())
    // The pod that prepares makes Kafka's users too.
    expect(admitted('kafka', 'between')?.sort()).toEqual([...services, 'prepare'].sort())
    expect(admitted('kafka', 'outside')).toEqual([])
    expect(admitted('redis', 'redis')).toEqual(['gateway'])
    expect(admitted('membership', 'grpc')?.sort()).toEqual([...services, 'gateway'].sort())
    expect(admitted('membership', 'http')).toEqual(['gateway'])
    expect(admitted('gateway', 'http')).toEqual(['anybody'])
  })

  it('holds no secret and no choice of one: whoever deploys makes the Secret, with the variables that compose asks for', () => {
    const asked = workloads.flatMap(({ spec }) =>
      containersOf(spec?.template.spec).flatMap(({ env = [] }) =>
        env.flatMap(
          ({ value, valueFrom }) => valueFrom?.secretKeyRef ?? (value?.startsWith('/run/engines/') ? { name: secretName, key: value.slice(13) } : []),
        ),
      ),
    )
    expect([...new Set(asked.map(({ key }) => key))].sort()).toEqual(Object.keys(secrets).sort())
    expect(new Set(asked.map(({ name }) => name))).toEqual(new Set([secretName]))
    expect(manifests.map(({ kind }) => kind as string)).not.toContain('Secret')
    const page = readFileSync(join(import.meta.dirname, '../../docs/kubernetes.md'), 'utf8')
    for (const key of Object.keys(secrets)) expect(page).toContain(`--from-literal=${key}=`)
  })

  it('asks Postgres for no more connections than it gives, while every service is replaced at once', () => {
    const most = Number(/max_connections=(\d+)/.exec(composed.find(([name]) => name === 'postgres')?.[1].command?.join(' ') ?? '')?.[1])
    const processes = [...all<IDeployment>('Deployment'), ...all<IStatefulSet>('StatefulSet')]
      .filter(({ metadata }) => 'COLLEGIUM_POSTGRES_URL_FILE' in (compose.services[metadata?.name as string]?.environment ?? {}))
      .reduce((sum, { kind, spec }) => sum + (spec?.replicas ?? 1) + (kind === 'Deployment' ? 1 : 0), 0)
    // A pool of ten, two to append with and, of one service, three for its log.
    expect(processes * 12 + 3).toBeLessThan(most)
  })
})
