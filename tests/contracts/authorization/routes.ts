import { services } from '../../../infra/services.ts'
import type { Command } from '../../../shared/src/aggregate.ts'
import type { Service } from '../../../shared/src/service.ts'
import { about, idAt, officer, own } from './world.ts'

/**
 * How a route is asked and where its permission must be held. What follows from the declarations needs no line here; what a service wrote by
 * hand is either found by the rules below, or named in `byHand`, or fails the run.
 */
export type Asked = {
  readonly service: string
  readonly route: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly body?: unknown
  readonly permission: string
  /** What else lets in, at the same unit. */
  readonly or?: readonly string[]
  /** The unit whose permission counts; of a list, the rows tell. */
  readonly unit: string
  /** What it answers to who may: commands stop at a version that cannot be, so that nothing changes. */
  readonly kind: 'command' | 'read' | 'list' | 'sum' | 'live'
  /** Of a list: where a row tells its unit. */
  readonly field?: string
  /** Whoever has the permission anywhere may ask; or it counts at the asker's home, where there is one. */
  readonly where?: 'anywhere' | 'home'
  /** Who may ask whatever the posts say. */
  readonly self?: string
}

type Judged = Partial<Pick<Asked, 'permission' | 'or' | 'unit' | 'url' | 'body' | 'kind' | 'field' | 'where' | 'self'>>
const open = 'for everybody who signed in'
const anybody = 'for anybody, signed in or not'

/** Whoever is to draft or adopt a scheme reads it. */
const ofSchemes = { permission: 'assessments:read', or: ['schemes:draft', 'schemes:adopt'] }

/** Whoever is to confirm or countersign hours sees them. */
const ofStints = { permission: 'registrations:read', or: ['volunteers:confirm', 'volunteers:countersign'] }

/** Routes that are not what their path and their permission say at first sight, and why. */
const byHand: Readonly<Record<string, Judged | string>> = {
  // The files of the log, for whoever checks it.
  'GET /audit/*': anybody,
  'POST /receipts/check': anybody,
  // One's own, or how the federation is made: no permission is looked at.
  'GET /me': open,
  // As many names as the asker may know; the others are left out.
  'GET /people/names': open,
  'GET /inbox': open,
  'GET /sign-ups': open,
  'GET /registrations': open,
  'GET /activities/open': open,
  // Tells that something changed, and nothing of what.
  'GET /changes': open,
  'GET /imports': open,
  'GET /people/exports': open,
  'GET /objections': open,
  'GET /units': open,
  'GET /policies': open,
  'GET /terms': open,
  'GET /post-kinds': open,
  // One's own without a permission; of others where it is held.
  'GET /people/:id': { permission: 'people:read' },
  'GET /people/:id/file': { permission: 'people:read-file' },
  'GET /people/:id/file/readers': { permission: 'people:read-file' },
  'GET /people/:id/file/access': { permission: 'people:read-file' },
  'GET /people/:id/erasure': { permission: 'erasures:approve' },
  'GET /assessments': { permission: 'assessments:read' },
  'GET /schemes': ofSchemes,
  'GET /schemes/:id': ofSchemes,
  'GET /schemes/:id/history': ofSchemes,
  'GET /schemes/:id/difference': ofSchemes,
  'GET /stints': ofStints,
  'GET /stints/:id': ofStints,
  'GET /stints/:id/history': ofStints,
  'GET /stints/:id/difference': ofStints,
  'GET /assessments/:id/criteria': { permission: 'assessments:read' },
  'GET /assessments/:id/inputs/:criterion': { permission: 'assessments:read' },
  'GET /surveys': { permission: 'surveys:read' },
  'GET /volunteers/:person/hours': { permission: 'registrations:read', where: 'anywhere' },
  'GET /dashboards/:unit': { url: `/dashboards/${own}` },
  'GET /dashboards/:unit/live': { url: `/dashboards/${own}/live`, kind: 'live' },
  'GET /dashboards/officers/:person': { url: `/dashboards/officers/${officer}`, self: officer },
  'GET /dashboards/officers/:person/live': { url: `/dashboards/officers/${officer}/live`, kind: 'live', self: officer },
  'GET /dashboards-state': { kind: 'read', where: 'anywhere' },
  // Of the campuses among them.
  'GET /compliance': { kind: 'read', where: 'anywhere' },
  'GET /compliance/:policy/cases': { url: `/compliance/retention.plan.years/cases?unit=${own}`, kind: 'read' },
  'GET /candidacies': { url: `/candidacies?person=nobody&kind=head&unit=${own}`, kind: 'read' },
  // Rows that call their unit otherwise, or a sum over them.
  'GET /people': { field: 'campus' },
  'GET /documents': { field: 'issuer' },
  'GET /registers': { field: 'issuer' },
  'GET /satisfaction': { kind: 'sum' },
  'GET /trail': { url: '/trail?type=activities.activity-proposed.v1' },
  'GET /trail/:service/:stream/:version': { url: `/trail/activities/activity-${idAt(own)}/1` },
  'GET /trail/:service/:stream/:version/proof': { url: `/trail/activities/activity-${idAt(own)}/1/proof` },
  // Of the federation as a whole.
  'GET /events': { kind: 'read', unit: 'fed', url: '/events?live=false&type=none' },
  'POST /imports': { unit: 'fed', url: '/imports?dryRun=true', body: { federation: { id: 'fed', name: { en: 'F', zh: '联' } } } },
  'POST /inbox/read': { unit: 'fed' },
  'POST /log-places': { unit: 'fed', body: { log: 'none' } },
  'POST /stopped-sources/:service/:shard/resumption': { unit: 'fed', url: '/stopped-sources/activities/0/resumption', body: { reason: 'None' } },
  // With the person's home, or without one at the survey's unit.
  'POST /surveys/:id/answers': { body: { scores: {} }, kind: 'read', where: 'home' },
}

type Mounted = { readonly method: Asked['method']; readonly url: string; readonly permission: string; readonly body?: unknown }

/** A service that tells what it mounts beside its aggregates: what it wrote by hand, and what the kernel adds. */
export const telling = (service: Service, mounted: Mounted[]): Service => ({
  ...service,
  routes: (app, kernel, work) => {
    app.addHook('onRoute', ({ method, url, config, schema }) => {
      if (method !== 'HEAD') mounted.push({ method: method as Asked['method'], url, permission: config?.permission ?? 'none', body: schema?.body })
    })
    service.routes?.(app, kernel, work)
  },
})

/** What follows from its aggregates. */
export const declaredOf = ({ aggregates }: Service): Mounted[] =>
  aggregates.flatMap(({ path, read, commands }) => [
    { method: 'GET', url: `${path}/:id`, permission: read },
    { method: 'GET', url: `${path}/:id/history`, permission: read },
    { method: 'GET', url: `${path}/:id/difference`, permission: read },
    ...Object.values(commands)
      .filter(({ route }) => route !== 'internal')
      .map(({ route, permission }) => {
        const [method, url] = route.split(' ') as [Asked['method'], string]
        return { method, url, permission }
      }),
  ])

/** Whether a route is meant to answer who did not sign in. */
export const isPublic = (route: string): boolean => byHand[route] === anybody

/** What to ask of a route; null where everybody who signed in may. Throws where nothing tells. */
export const askedOf = (service: string, { method, url, permission, body }: Mounted): Asked | null => {
  const route = `${method} ${url}`
  const judged = byHand[route]
  if (judged === open || isPublic(route)) return null
  if (permission === 'public') throw new Error(`${route} of ${service} is open to anybody: say so in tests/contracts/authorization/routes.ts`)
  if (permission === 'signed-in' && judged === undefined)
    throw new Error(`${route} of ${service} is open to everybody who signed in: say so, or what else lets in, in tests/contracts/authorization/routes.ts`)
  const command = commandOf(service, route)
  const isOperators = url.startsWith(`/${service}-consumers`)
  // Every row of a view, of whatever unit.
  const isWhole = isOperators || url.startsWith(`/${service}-views/`)
  const isList = method === 'GET' && !url.includes('/:') && !isOperators
  const between = '?from=2026-01-01T00:00:00Z&to=2026-11-01T00:00:00Z'
  return {
    service,
    route,
    method,
    permission,
    url: url.replaceAll(/:\w+/g, idAt(own)) + (url.endsWith('/difference') ? between : ''),
    unit: isWhole ? 'fed' : own,
    kind: command ? 'command' : isList ? 'list' : 'read',
    ...(body ? { body: about(body as Command['input'], own) } : {}),
    ...(command ? { body: about(command.input, own), ...(command.at === undefined ? {} : { where: command.at }) } : {}),
    ...(judged as Judged | undefined),
  }
}

/** Lines of `byHand` that no route has any more. */
export const left = (routes: readonly string[]): string[] => Object.keys(byHand).filter((route) => !routes.includes(route))

const commandOf = (name: string, route: string): Command | undefined =>
  services
    .find((service) => service.name === name)
    ?.aggregates.flatMap((each) => Object.values(each.commands))
    .find((each) => each.route === route)
