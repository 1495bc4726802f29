import type { INetworkPolicy, INetworkPolicyIngressRule } from 'kubernetes-models/networking.k8s.io/v1'
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1'
import type { IService } from 'kubernetes-models/v1'
import type { Compose, Container } from '../compose.ts'
import { choiceOf, monitoring, namespace } from './choices.ts'
import { portsOf } from './container.ts'

export const labelsOf = (name: string): Record<string, string> => ({ 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'collegium' })
const partOf = { matchLabels: { 'app.kubernetes.io/part-of': 'collegium' } }

export const lasting = ([, { healthcheck }]: readonly [string, Container]): boolean => healthcheck?.disable !== true
const named = (compose: Compose): (readonly [string, Record<string, number>])[] =>
  Object.entries(compose.services)
    .map(([name, container]) => [name, portsOf(name, container)] as const)
    .filter(([, ports]) => Object.keys(ports).length > 0)

/** A name in the cluster for everything that answers, the same that it has among the containers. */
export const servicesOf = (compose: Compose): IService[] =>
  named(compose).map(([name, ports]) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels: labelsOf(name) },
    spec: { selector: labelsOf(name), ports: Object.entries(ports).map(([called, port]) => ({ name: called, port, targetPort: called })) },
  }))

/** Who may speak to whom, by the name of the port. */
const callers = (compose: Compose, name: string, port: string): readonly string[] | 'anybody' => {
  const all = Object.entries(compose.services)
  const speaking = (sign: (container: Container) => boolean) => all.filter(([, container]) => sign(container)).map(([caller]) => caller)
  const has = (variable: RegExp) => (container: Container) => Object.keys(container.environment ?? {}).some((each) => variable.test(each))
  switch (port) {
    case 'http':
      return name === 'gateway' ? 'anybody' : ['gateway']
    case 'grpc':
      return speaking(has(/^COLLEGIUM_TLS_CERT_FILE$/))
    case 'postgres':
      return speaking(has(/^COLLEGIUM_POSTGRES_URL/))
    case 'between':
      return speaking(has(/^COLLEGIUM_KAFKA_USERNAME$/))
    case 'redis':
      return ['gateway']
    default:
      return []
  }
}

const wellKnown = (name: string, podSelector: object, rest: object): INetworkPolicy => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace, labels: partOf.matchLabels },
  spec: { podSelector, ...rest } as NonNullable<INetworkPolicy['spec']>,
})

/** Nobody speaks to anybody, except as said. The `outside` port of Kafka is for `kubectl port-forward`, which no policy stops. */
export const policiesOf = (compose: Compose): INetworkPolicy[] => {
  const dns = { to: [{ namespaceSelector: {} }], ports: [53].flatMap((port) => [{ protocol: 'UDP', port } as const, { protocol: 'TCP', port } as const]) }
  const web = { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }], ports: [{ protocol: 'TCP' as const, port: 443 }] }
  const into = ([name, ports]: readonly [string, Record<string, number>]): INetworkPolicy => {
    const ingress = Object.entries(ports).flatMap(([called]): INetworkPolicyIngressRule[] => {
      const who = callers(compose, name, called)
      const rule = { ports: [{ protocol: 'TCP' as const, port: called }] }
      if (who === 'anybody') return [rule]
      const pods = who.map((caller) => ({ podSelector: { matchLabels: labelsOf(caller) } }))
      const scraping = called === 'http' ? [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': monitoring } } }] : []
      return pods.length === 0 ? [] : [{ ...rule, from: [...pods, ...scraping] }]
    })
    return wellKnown(name, { matchLabels: labelsOf(name) }, { policyTypes: ['Ingress'], ingress })
  }
  return [
    wellKnown('nobody', {}, { policyTypes: ['Ingress', 'Egress'], egress: [dns, { to: [{ podSelector: partOf }] }] }),
    ...named(compose).map(into),
    // The campus' own sign-in, and the witnesses of the log.
    ...['gateway', 'audit'].map((name) => wellKnown(`${name}-to-the-web`, { matchLabels: labelsOf(name) }, { policyTypes: ['Egress'], egress: [web] })),
  ]
}

/** Where there are several of a kind, one may be taken away at a time. One of a kind has none: it would either forbid nothing, or every repair of a node. */
export const budgetsOf = (compose: Compose): IPodDisruptionBudget[] =>
  Object.keys(compose.services)
    .filter((name) => (choiceOf(name).replicas ?? 1) > 1)
    .map((name) => ({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name, namespace, labels: labelsOf(name) },
      spec: { maxUnavailable: 1, selector: { matchLabels: labelsOf(name) } },
    }))
