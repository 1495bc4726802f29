import Type from 'typebox'
import { type Aggregate, type EventDefinition, event } from '../aggregate.ts'
import { Id, Instant, Line, OneOf, Personal } from '../schema.ts'

type Declared = { readonly name: string; readonly aggregates: readonly Aggregate[]; readonly confidential?: readonly unknown[] | undefined }

/** Why a person's data goes: the grounds of Art. 17(1) GDPR and Art. 47 PIPL, as words. */
export const bases = ['no-longer-needed', 'consent-withdrawn', 'objection', 'unlawful', 'legal-duty'] as const

/** Membership decides it; every service obeys it. `services` must acknowledge by `due`. */
export const personErased = event('membership.person-erased.v1', Type.Object({ person: Id, basis: OneOf(...bases), services: Type.Array(Id), due: Instant }))

const remembered = new Map<string, unknown>()
const once = <Definition>(name: string, make: () => Definition): Definition => {
  if (!remembered.has(name)) remembered.set(name, make())
  return remembered.get(name) as Definition
}

const Applied = Type.Object({ person: Id, texts: Type.Integer({ minimum: 0, description: 'How many facts lost personal texts.' }) })

/** A service's word that it holds nothing readable of a person any more. */
export const erasureAppliedBy = <const Name extends string>(service: Name): EventDefinition<`${Name}.erasure-applied.v1`, typeof Applied> =>
  once(`${service}.erasure-applied`, () => event(`${service}.erasure-applied.v1`, Applied))

const Read = Type.Object({
  /** Which kind of record, about whom. */
  record: Id,
  person: Id,
  /** Why; null when the person reads about themselves. What it says is about that person, and goes with them. */
  reason: Personal(Line),
})

/** Somebody opened a confidential record; who, and under which post, stands in the envelope. */
export const recordReadIn = <const Name extends string>(service: Name): EventDefinition<`${Name}.record-read.v1`, typeof Read> =>
  once(`${service}.record-read`, () => event(`${service}.record-read.v1`, Read))

/** Every fact that a service may store: those of its aggregates, and what the kernel writes for it. */
export const factsOf = ({ name, aggregates, confidential = [] }: Declared): EventDefinition[] => [
  ...new Set<EventDefinition>([...aggregates.flatMap((aggregate) => aggregate.events), ...kernelFactsOf({ name, confidential })]),
]

/** What the kernel itself writes for a service. */
export const kernelFactsOf = ({ name, confidential = [] }: Omit<Declared, 'aggregates'>): EventDefinition[] => [
  erasureAppliedBy(name),
  ...(confidential.length > 0 ? [recordReadIn(name)] : []),
]
