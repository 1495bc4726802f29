import { DirectoryService } from '@collegium/proto/collegium/membership/v1/directory.ts'
import { PeopleService } from '@collegium/proto/collegium/membership/v1/people.ts'
import { readSemester } from '../../../infra/sample/file.ts'
import { services } from '../../../infra/services.ts'
import type { Aggregate } from '../../../shared/src/aggregate.ts'
import { emptySnapshot } from '../../../shared/src/directory.ts'
import { answer, answerStream } from '../../../shared/src/grpc/answer.ts'
import { latest } from '../../../shared/src/grpc/latest.ts'
import type { Answers } from '../../../shared/src/grpc/server.ts'
import { toProto } from '../../../shared/src/grpc/snapshot.ts'
import { organization } from '../../../shared/src/testing/organization.ts'
import type { As, RunningServices } from '../../../shared/src/testing/running.ts'
import { sampleOf } from '../../kit/sample-of.ts'
import type { Who, World } from './model.ts'

/** Everything is asked about `su`, a union: its campus is above it, a department below, another campus with a union beside it. */
export const own = 'su'
export const parents = { fed: null, north: 'fed', su: 'north', study: 'su', south: 'fed', 'south-su': 'south' }
export const units: readonly string[] = Object.keys(parents)

/** A kind for each permission that has it and nothing else, one that has all but it, and the kinds of the sample's federation. */
export const kindsFor = (permissions: readonly string[]): Record<string, readonly string[]> => {
  const every = [...new Set(permissions)].filter((each) => /^[a-z-]+:[a-z-]+$/.test(each))
  const group = (permission: string): string => `${permission.split(':')[0]}:*`
  const groups = [...new Set(every.map(group))]
  const allBut = (left: string): string[] => [
    ...groups.filter((each) => each !== group(left)),
    ...every.filter((each) => group(each) === group(left) && each !== left),
    // Neither the beginning nor the end of a permission is the permission.
    ...[left.slice(0, -1), left.slice(1), `${left}s`, left.toUpperCase(), `${group(left)}*`.slice(0, -3)],
  ]
  return {
    ...Object.fromEntries((readSemester()['post-kinds'] ?? []).map((kind) => [kind.id, kind.permissions])),
    everything: ['*'],
    bystander: ['nothing:here'],
    ...Object.fromEntries(groups.map((each) => [`all-of-${each.slice(0, -2)}`, [each]])),
    ...Object.fromEntries(every.flatMap((each) => [[`only-${each}`, [each]] as const, [`not-${each}`, allBut(each)] as const])),
  }
}

/** Which kinds are tried on a route that needs a permission. */
export const postsFor = (kinds: World['kinds'], permission: string): string[] => [
  ...Object.keys(kinds).filter((kind) => !/^(only|not|all-of)-/.test(kind)),
  `all-of-${permission.split(':')[0]}`,
  `only-${permission}`,
  `not-${permission}`,
]

export type Cell = { readonly name: string; readonly as: As; readonly who: Who }

/** Everybody who asks: each kind of post at each unit, students at home here and elsewhere, an operator, tokens of narrow scope, a stranger. */
export const cellsFor = (kinds: World['kinds'], permission: string): Cell[] => {
  const post = (kind: string, unit: string): Cell => ({ name: `${kind} at ${unit}`, as: { person: personOf(kind, unit) }, who: { posts: [{ kind, unit }] } })
  const student = (home: string): Cell => ({ name: `student of ${home}`, as: { person: `student.${home}`, home }, who: { posts: [], home } })
  const scoped = (scope: readonly string[]): Cell => ({
    name: `operator’s token for ${scope}`,
    as: { person: 'nobody', operator: true, scope },
    who: { posts: [], operator: true, scope },
  })
  return [
    ...postsFor(kinds, permission).flatMap((kind) => units.map((unit) => post(kind, unit))),
    ...['north', 'south', 'su', 'fed'].map(student),
    { name: 'operator', as: { operator: true, person: 'nobody' }, who: { posts: [], operator: true } },
    ...[[permission], [`${permission.split(':')[0]}:*`], ['nothing:at-all'], []].map(scoped),
    { name: 'nobody in particular', as: { person: 'stranger' }, who: { posts: [] } },
  ]
}

export const personOf = (kind: string, unit: string): string => `${kind.replace(':', '.')}.${unit}`

/** Of whom the officer's dashboard is asked for. */
export const officer = personOf('bystander', own)

const policies = Object.fromEntries(
  Object.entries(readSemester().policies ?? {}).map(([name, given]) => [name, typeof given === 'object' ? given.value : given]),
)

/**
 * The organization as membership tells it, once all routes are mounted and their permissions known. Whoever asks afresh gets an older snapshot,
 * as from a replica that lags: it takes nothing away.
 */
export const membershipOf = (kindsOf: () => World['kinds']): Answers[] => {
  const snapshot = () => {
    const kinds = kindsOf()
    const posts = Object.keys(kinds).flatMap((kind) => units.map((unit) => `${personOf(kind, unit)} ${kind} ${unit}`))
    return toProto(organization({ units: parents, kinds, posts, policies }))
  }
  return [
    {
      definition: DirectoryService,
      implementation: {
        current: answer(async () => ({ snapshot: toProto(emptySnapshot) })),
        watch: answerStream(async function* (_request, { signal }) {
          for await (const each of latest({ read: snapshot, onChange: () => () => {}, signal })) yield { snapshot: each }
        }),
      },
    },
    { definition: PeopleService, implementation: { cards: answer(async () => ({ cards: [] })) } },
  ]
}

/** The id of everything that exists at a unit. */
export const idAt = (unit: string): string => `there.${unit}`

/** A body or a fact in which every id means what is at the unit. */
export const about = (schema: Aggregate['events'][number]['schema'], unit: string): Record<string, unknown> =>
  JSON.parse(JSON.stringify(sampleOf(schema, unit)), (key, value) => (places.has(key) && value === 'a' ? unit : value === 'a' ? idAt(unit) : value))
const places = new Set(['campus', 'issuer', 'unit', 'parent', 'into'])

/** Beside the first fact of a kind, what puts it on a list. */
const further: Readonly<Record<string, string>> = { appointment: 'membership.post-taken.v1' }

/** One of each aggregate at each unit, as if it had been decided. */
export const settle = async (running: RunningServices): Promise<void> => {
  for (const { aggregates } of services)
    for (const { name, events } of aggregates)
      for (const unit of units) {
        const facts = events.filter(({ type }, index) => index === 0 || type === further[name])
        await running.feed(
          `${name}-${idAt(unit)}`,
          unit,
          facts.map(({ type, schema }) => ({
            type,
            data: { ...about(schema, unit), ...only(schema.properties, { until: null, parent: parents[unit as keyof typeof parents] }) },
          })),
        )
      }
}

/** Who holds a post holds it still, and a unit stands below another one: what a sample does not know. */
const only = (known: object, values: Record<string, unknown>): object => Object.fromEntries(Object.entries(values).filter(([key]) => key in known))
