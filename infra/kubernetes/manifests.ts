import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { IDeployment, IStatefulSet } from 'kubernetes-models/apps/v1'
import type { IJob } from 'kubernetes-models/batch/v1'
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1'
import type { IConfigMap, INamespace, IPersistentVolumeClaim, IPodTemplateSpec, IService } from 'kubernetes-models/v1'
import { stringify } from 'yaml'
import { type Compose, type Container, filledIn, readCompose } from '../compose.ts'
import { choiceOf, configurationName, namespace } from './choices.ts'
import { containerOf, podOf, portsOf, waitingFor } from './container.ts'
import { budgetsOf, labelsOf, lasting, policiesOf, servicesOf } from './network.ts'

export type Manifest = IConfigMap | IDeployment | IJob | INamespace | INetworkPolicy | IPersistentVolumeClaim | IPodDisruptionBudget | IService | IStatefulSet

const root = join(import.meta.dirname, '../..')
const metadata = (name: string) => ({ name, namespace, labels: labelsOf(name) })

/** The volume that only one lasting container writes: its StatefulSet claims it, if it says how much it takes. */
const ownVolume = (compose: Compose, name: string): string | null =>
  choiceOf(name).storage === undefined
    ? null
    : (Object.keys(compose.volumes).find((volume) =>
        Object.entries(compose.services).every(([other, { volumes = [] }]) => volumes.some((line) => line.startsWith(`${volume}:`)) === (other === name)),
      ) ?? null)

const unique = <T extends { readonly name: string }>(all: readonly T[]): T[] => [...new Map(all.map((each) => [each.name, each])).values()]

const templateOf = (compose: Compose, name: string): IPodTemplateSpec => {
  const { container, volumes } = containerOf(compose, name, ownVolume(compose, name))
  const wait = waitingFor(compose, name)
  return {
    metadata: { labels: labelsOf(name) },
    spec: { ...podOf(compose, name), ...(wait ? { initContainers: [wait] } : {}), containers: [container], ...(volumes.length > 0 ? { volumes } : {}) },
  }
}

const workloadOf = (compose: Compose, name: string): IDeployment | IStatefulSet => {
  const { storage, replicas = 1 } = choiceOf(name)
  const selector = { matchLabels: labelsOf(name) }
  const own = ownVolume(compose, name)
  if (own !== null)
    return {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: metadata(name),
      spec: {
        serviceName: name,
        replicas,
        selector,
        template: templateOf(compose, name),
        volumeClaimTemplates: [
          {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            metadata: { name: own },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: storage as string } } },
          },
        ],
      },
    }
  // Two at once only of what answers: two that renew certificates, or two memories of who has signed out, would contradict each other.
  const answers = 'http' in portsOf(name, compose.services[name] as Container)
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(name),
    spec: {
      replicas,
      selector,
      strategy: answers ? { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } } : { type: 'Recreate' },
      template: templateOf(compose, name),
    },
  }
}

/** What runs once, in the order of compose: keys, databases, topics and rights; then the brokers' users, from the passwords that it made. */
const preparation = (compose: Compose): IJob => {
  const wait = waitingFor(compose, 'prepare')
  const first = containerOf(compose, 'prepare')
  const second = containerOf(compose, 'kafka-users')
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadata('prepare'),
    spec: {
      backoffLimit: 20,
      ttlSecondsAfterFinished: 600,
      template: {
        metadata: { labels: labelsOf('prepare') },
        spec: {
          ...podOf(compose, 'prepare'),
          restartPolicy: 'OnFailure',
          initContainers: [...(wait ? [wait] : []), first.container],
          containers: [second.container],
          // The first writes what the second reads.
          volumes: unique([...second.volumes, ...first.volumes]),
        },
      },
    },
  }
}

/** Keys are written by who prepares and read by services on any node. */
const claimsOf = (compose: Compose): IPersistentVolumeClaim[] => {
  const owned = Object.keys(compose.services).map((name) => ownVolume(compose, name))
  return Object.keys(compose.volumes)
    .filter((volume) => !owned.includes(volume))
    .map((name) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: metadata(name),
      spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '16Mi' } } },
    }))
}

const configuration = (compose: Compose): IConfigMap[] => {
  const scripts = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes.filter((line) => line.startsWith('./')))
  const texts = scripts.map((line) => line.split(':')[0] as string).map((path) => [path.replace(/^.*\//, ''), readFileSync(join(root, path), 'utf8')])
  const values = Object.entries(compose['x-addresses']).map(([name, value]) => [name, filledIn(value, (secret) => secret)])
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(configurationName), data: Object.fromEntries(values) },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('collegium-scripts'), data: Object.fromEntries(texts) },
  ]
}

/** The Kubernetes form of docker-compose.yml: what is applied, by the name of the file, in the order of being applied. */
export const manifestsOf = (compose: Compose): Record<string, Manifest[]> => {
  const all = Object.entries(compose.services).filter(lasting)
  const ours = ([, { build }]: readonly [string, Container]): boolean => build !== undefined
  const workloads = (which: readonly (readonly [string, Container])[]) => which.map(([name]) => workloadOf(compose, name))
  const restricted = { 'pod-security.kubernetes.io/enforce': 'restricted' }
  return {
    namespace: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: restricted } }],
    configuration: [...configuration(compose), ...claimsOf(compose)],
    network: [...servicesOf(compose), ...policiesOf(compose), ...budgetsOf(compose)],
    engines: workloads(all.filter((each) => !ours(each))),
    preparation: [preparation(compose)],
    services: workloads(all.filter(ours)),
  }
}

/** kubectl reads YAML 1.1, to which a bare `no` is a false. */
const options = { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false } as const
const note = '# Generated by `npm run docs` from docker-compose.yml and infra/kubernetes; do not edit.\n'

/** The files below infra/kubernetes/generated, by name. */
export const kubernetesFiles = (compose: Compose = readCompose()): Record<string, string> => {
  const files = Object.entries(manifestsOf(compose)).map(([name, manifests]) => [
    `${name}.yaml`,
    note + manifests.map((each) => stringify(each, options)).join('---\n'),
  ])
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: files.map(([name]) => name),
  }
  return { ...Object.fromEntries(files), 'kustomization.yaml': note + stringify(kustomization, options) }
}
