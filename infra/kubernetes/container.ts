import type { IContainer, IEnvVar, IPodSpec, IProbe, IVolume, IVolumeMount } from 'kubernetes-models/v1'
import { type Compose, type Container, filledIn } from '../compose.ts'
import { choiceOf, configurationName, deafSeconds, secretName } from './choices.ts'

const secretsFolder = '/run/engines'
const asFile = /^(COLLEGIUM|POSTGRES)_/

const secondsOf = (text: string | undefined): number => Number(/^(\d+)s$/.exec(text ?? '')?.[1] ?? 0)

/** Where a process answers, by name: its variables say so, or what was chosen for its image. */
export const portsOf = (name: string, { environment = {} }: Container): Record<string, number> => ({
  ...('COLLEGIUM_HTTP_PORT' in environment ? { http: Number(environment.COLLEGIUM_HTTP_PORT) } : {}),
  ...('COLLEGIUM_GRPC_PORT' in environment ? { grpc: Number(environment.COLLEGIUM_GRPC_PORT) } : {}),
  ...choiceOf(name).ports,
})

/** A variable as pods have it: a secret alone comes as a file where the image reads such; within a longer text it is filled in by the kubelet. */
const variableOf = (name: string, value: string | number): { readonly needs: readonly string[]; readonly file: boolean; readonly variable: IEnvVar } => {
  const needs: string[] = []
  const text = filledIn(value, (secret) => {
    needs.push(secret)
    return `$(${secret})`
  })
  const [first] = needs
  if (first === undefined || text !== `$(${first})`) return { needs: [...new Set(needs)], file: false, variable: { name, value: text } }
  if (asFile.test(name)) return { needs: [], file: true, variable: { name: `${name}_FILE`, value: `${secretsFolder}/${first}` } }
  return { needs: [], file: false, variable: { name, valueFrom: { secretKeyRef: { name: secretName, key: first } } } }
}

/** The variables of a container, without those that all share: these are in the ConfigMap. */
const variablesOf = (
  compose: Compose,
  { environment = {} }: Container,
): { readonly variables: IEnvVar[]; readonly files: boolean; readonly shared: boolean } => {
  const shared = compose['x-addresses']
  const own = Object.entries(environment)
    .filter(([name]) => !(name in shared))
    .map(([name, value]) => variableOf(name, value))
  const needs = [...new Set(own.flatMap((each) => each.needs))]
  return {
    variables: [...needs.map((name) => ({ name, valueFrom: { secretKeyRef: { name: secretName, key: name } } })), ...own.map(({ variable }) => variable)],
    files: own.some(({ file }) => file),
    shared: Object.keys(environment).some((name) => name in shared),
  }
}

/** `keys:/keys:ro` → the volume, where it is seen, and whether it is only read. */
const mountsOf = ({ volumes = [] }: Container): { readonly volume: string; readonly at: string; readonly readOnly: boolean }[] =>
  volumes.map((line) => {
    const [volume, at, mode] = line.split(':') as [string, string, string?]
    return { volume, at, readOnly: mode === 'ro' }
  })

/** A file of the repository that a container of compose sees is part of a ConfigMap here. */
const scriptOf = (volume: string): string => volume.replace(/^.*\//, '')
const volumeName = (path: string): string => path.slice(1).replaceAll('/', '-')

/** The folders of a container: claims, what only this pod has, scripts and secrets. `own`: a volume that its StatefulSet claims. */
const foldersOf = (
  name: string,
  container: Container,
  files: boolean,
  own: string | null,
): { readonly mounts: IVolumeMount[]; readonly volumes: IVolume[] } => {
  const { scratch } = choiceOf(name)
  const folders = [...new Set([...scratch, ...(container.tmpfs ?? [])])]
  const mounts: IVolumeMount[] = []
  const volumes: IVolume[] = []
  for (const { volume, at, readOnly } of mountsOf(container)) {
    if (volume.startsWith('./')) {
      mounts.push({ name: 'scripts', mountPath: at, subPath: scriptOf(volume), readOnly: true })
      volumes.push({ name: 'scripts', configMap: { name: 'collegium-scripts' } })
    } else if (volume === own) {
      // A file system of its own has folders of its own at its root, which Kafka takes for topics.
      mounts.push({ name: volume, mountPath: at, subPath: 'data' })
    } else {
      mounts.push({ name: volume, mountPath: at, ...(readOnly ? { readOnly } : {}) })
      // Read only for the pod, not just for the container: the kubelet then leaves the modes of keys alone, which their readers look at.
      volumes.push({ name: volume, persistentVolumeClaim: { claimName: volume, ...(readOnly ? { readOnly } : {}) } })
    }
  }
  if (files) {
    mounts.push({ name: 'engines', mountPath: secretsFolder, readOnly: true })
    volumes.push({ name: 'engines', secret: { secretName, defaultMode: 0o440 } })
  }
  for (const at of folders) {
    mounts.push({ name: volumeName(at), mountPath: at })
    volumes.push({ name: volumeName(at), emptyDir: {} })
  }
  if (container.shm_size !== undefined) {
    mounts.push({ name: 'dev-shm', mountPath: '/dev/shm' })
    volumes.push({ name: 'dev-shm', emptyDir: { medium: 'Memory', sizeLimit: container.shm_size.replace(/mb$/, 'Mi') } })
  }
  return { mounts, volumes }
}

const closed: IContainer['securityContext'] = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } }

/** compose asks a process how it is by a program inside; the kubelet asks over HTTP what can be asked so. Numbers are compose's. */
const probesOf = (container: Container): Pick<IContainer, 'startupProbe' | 'livenessProbe' | 'readinessProbe'> => {
  const { test, interval, timeout, retries, start_period } = container.healthcheck ?? {}
  if (test === undefined) return {}
  const often = { periodSeconds: secondsOf(interval), timeoutSeconds: secondsOf(timeout) }
  const served = 'COLLEGIUM_HTTP_PORT' in (container.environment ?? {})
  const ask = (path: string): IProbe => (served ? { httpGet: { path, port: 'http' } } : { exec: { command: test.slice(1) } })
  const patience = Math.max(secondsOf(start_period), 60) * 5
  return {
    // Tables are brought up to date and views caught up before it answers: killed meanwhile, it would begin anew.
    startupProbe: { ...ask('/livez'), periodSeconds: 5, timeoutSeconds: secondsOf(timeout), failureThreshold: Math.ceil(patience / 5) },
    livenessProbe: { ...ask('/livez'), ...often, failureThreshold: retries ?? 3 },
    readinessProbe: { ...ask('/readyz'), ...often, periodSeconds: Math.min(often.periodSeconds, 5), failureThreshold: 2 },
  }
}

/** A container with the folders that its pod must have for it. */
export const containerOf = (compose: Compose, name: string, own: string | null = null): { readonly container: IContainer; readonly volumes: IVolume[] } => {
  const found = compose.services[name] as Container
  const { memory, cpu } = choiceOf(name)
  const { variables, files, shared } = variablesOf(compose, found)
  const { mounts, volumes } = foldersOf(name, found, files, own)
  const ports = Object.entries(portsOf(name, found)).map(([called, containerPort]) => ({ name: called, containerPort }))
  const words = (list: readonly string[]): string[] => list.map((word) => filledIn(word, (secret) => `$(${secret})`))
  // An image with an entrypoint of its own is given arguments, as compose does.
  const started = found.build === undefined ? { ...(found.command ? { args: words(found.command) } : {}) } : { command: words(found.command ?? []) }
  return {
    volumes,
    container: {
      name,
      image: filledIn(found.image, () => ''),
      ...(found.entrypoint ? { command: words(found.entrypoint) } : {}),
      ...started,
      ...(shared ? { envFrom: [{ configMapRef: { name: configurationName } }] } : {}),
      ...(variables.length > 0 ? { env: variables } : {}),
      ...(ports.length > 0 ? { ports } : {}),
      ...probesOf(found),
      // Requests that were on their way when it was told to end still find it.
      ...('http' in portsOf(name, found) ? { lifecycle: { preStop: { exec: { command: ['sleep', String(deafSeconds)] } } } } : {}),
      resources: { requests: { cpu, memory: memory.requests }, limits: { memory: memory.limits } },
      securityContext: closed,
      ...(mounts.length > 0 ? { volumeMounts: mounts } : {}),
    },
  }
}

/** What a container of compose depends on, as a container that ends when all of it is there: an address that answers, a file that `prepare` makes. */
export const waitingFor = (compose: Compose, name: string): IContainer | null => {
  const found = compose.services[name] as Container
  const needs = Object.entries(found.depends_on ?? {})
  const answering = needs.filter(([, { condition }]) => condition === 'service_healthy').map(([other]) => other)
  const keys = Object.entries(found.environment ?? {}).filter(([variable]) => variable.endsWith('_FILE'))
  const prepared = needs.some(([, { condition }]) => condition !== 'service_healthy')
  const files = prepared ? keys.map(([, path]) => String(path)) : []
  const health = (found.healthcheck?.test ?? []).slice(1)
  const tries = [
    ...answering.map((other) => `(exec 3<>/dev/tcp/${other}/${Object.values(portsOf(other, compose.services[other] as Container))[0]}) 2>/dev/null`),
    ...files.map((path) => `test -s ${path}`),
    // What names no file is there when that is which its health is seen by.
    ...(prepared && files.length === 0 ? [health.join(' ')] : []),
  ]
  if (tries.length === 0) return null
  const { mounts } = foldersOf(name, { ...found, tmpfs: [] }, false, null)
  const seen = mounts.filter(({ mountPath }) => tries.some((each) => each.includes(` ${mountPath}/`)))
  return {
    name: 'wait',
    image: filledIn(compose.services.prepare?.image ?? '', () => ''),
    command: ['bash', '-c', tries.map((each) => `until ${each}; do sleep 1; done`).join('\n')],
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
    securityContext: closed,
    ...(seen.length > 0 ? { volumeMounts: seen } : {}),
  }
}

/** What every pod of a container has in common: nothing of the cluster's own is handed in, and nothing runs as root. */
export const podOf = (compose: Compose, name: string): Omit<IPodSpec, 'containers'> => {
  const { user } = choiceOf(name)
  const found = compose.services[name] as Container
  const deaf = 'http' in portsOf(name, found) ? deafSeconds : 0
  return {
    automountServiceAccountToken: false,
    // Else the variables KAFKA_PORT and KAFKA_SERVICE_HOST come into being, which the broker's image takes for settings.
    enableServiceLinks: false,
    terminationGracePeriodSeconds: secondsOf(found.stop_grace_period) + deaf,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      fsGroup: user,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
  }
}
