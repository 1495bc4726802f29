import fc, { type Arbitrary } from 'fast-check'
import type { AnyFact, EventDefinition, Recorded } from '../../shared/src/aggregate.ts'
import { isPersonal } from '../../shared/src/schema.ts'

/** Histories made from the schemas of facts: what no spec has thought of. Few ids, so that facts meet each other. */
export const ids = ['p-1', 'p-2', 'p-3', 'p-4']
const instants = ['2026-09-01T00:00:00.000Z', '2026-10-01T12:00:00.000Z', '2026-11-21T09:00:00.000Z']

type Schema = Readonly<Record<string, any>>

const keyOf = (schema: Schema): string => ('const' in schema ? 'const' : 'enum' in schema ? 'enum' : 'anyOf' in schema ? 'anyOf' : String(schema.type))

const makers: Readonly<Record<string, (schema: Schema) => Arbitrary<unknown>>> = {
  const: ({ const: value }) => fc.constant(value),
  enum: ({ enum: values }) => fc.constantFrom(...values),
  anyOf: ({ anyOf }) => fc.oneof(...anyOf.map(arbitraryOf)),
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  integer: ({ minimum = 0, maximum = minimum + 1_000 }) => fc.integer({ min: minimum, max: maximum }),
  number: ({ minimum = 0, maximum = minimum + 100 }) => fc.integer({ min: minimum, max: maximum }),
  string: ({ pattern = '', format }) => {
    if (format === 'date') return fc.constantFrom('2026-09-01', '2026-11-21')
    if (format === 'date-time' || pattern.includes('T')) return fc.constantFrom(...instants)
    return pattern.startsWith('^[A-Za-z0-9]') ? fc.constantFrom(...ids) : fc.string({ minLength: 1, maxLength: 8 }).map((text) => `text ${text}`)
  },
  array: ({ items, minItems = 0, uniqueItems = false }) =>
    (uniqueItems ? fc.uniqueArray : fc.array)(arbitraryOf(items), { minLength: minItems, maxLength: Math.max(3, minItems) }),
  object: ({ properties = {}, required = [], patternProperties, additionalProperties }) => {
    const every = patternProperties ? Object.values(patternProperties)[0] : typeof additionalProperties === 'object' ? additionalProperties : null
    if (every) return fc.dictionary(fc.constantFrom(...ids), arbitraryOf(every as Schema), { maxKeys: 3 })
    return fc.record(Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, arbitraryOf(each as Schema)])), { requiredKeys: required })
  },
}

/** Values that a schema lets in. */
export const arbitraryOf = (schema: Schema): Arbitrary<unknown> => {
  const make = makers[keyOf(schema)]
  if (!make) throw new Error(`No values are made yet for ${JSON.stringify(schema)}`)
  return make(schema)
}

/** The personal fields of a fact. */
export const personalIn = ({ schema }: EventDefinition): string[] =>
  Object.entries(schema.properties).flatMap(([name, property]) => (isPersonal(property as never) ? [name] : []))

/** What every personal text of somebody begins with. */
export const plantedOf = (person: string): string => `planted about ${person}:`

const dataOf = (definition: EventDefinition): Arbitrary<Record<string, unknown>> =>
  arbitraryOf(definition.schema).map((data) => {
    const made = data as Record<string, unknown>
    for (const field of personalIn(definition)) if (made[field] !== null) made[field] = `${plantedOf(String(made.person))} ${made[field]}`
    return made
  })

const recorded = (
  definition: EventDefinition,
  data: Record<string, unknown>,
  at: { stream: string; version: number; position: number; occurred: string; person: string },
): AnyFact =>
  ({
    type: definition.type,
    data,
    id: `event-${at.position}`,
    service: definition.type.split('.')[0],
    shard: at.position % 2,
    position: at.position,
    stream: at.stream,
    version: at.version,
    unit: 'fed',
    occurred: at.occurred,
    recorded: at.occurred,
    actor: { person: at.person, post: null, system: null },
    correlation: 'correlation',
    causation: 'causation',
    command: 'command',
    reason: null,
    policies: {},
    bytes: '{}',
  }) as unknown as Recorded

/** A history of up to `longest` facts. `isLifelike` begins with the first declared fact, as a stream does. */
export const historyOf = (definitions: readonly EventDefinition[], { isLifelike = false, longest = 14 } = {}): Arbitrary<readonly AnyFact[]> => {
  const [first] = definitions
  const one = (definition: EventDefinition) =>
    fc.record({ definition: fc.constant(definition), data: dataOf(definition), id: fc.constantFrom(...ids), occurred: fc.constantFrom(...instants) })
  const any = fc.constantFrom(...definitions).chain(one)
  const rest = fc.array(any, { maxLength: longest - 1 })
  const all = first && isLifelike ? fc.tuple(one(first), rest).map(([head, tail]) => [head, ...tail]) : rest
  return all.map((facts) =>
    facts.map(({ definition, data, id, occurred }, index) =>
      recorded(definition, data, { stream: `noun-${isLifelike ? 'p-1' : id}`, version: index + 1, position: index + 1, occurred, person: id }),
    ),
  )
}

/** The facts as they are read: closed where they belong to others, or to somebody who was erased. */
export const closed = (facts: readonly AnyFact[], definitions: ReadonlyMap<string, EventDefinition>, isClosed: (fact: AnyFact) => boolean): AnyFact[] =>
  facts.map((fact) => {
    const fields = isClosed(fact) ? personalIn(definitions.get(fact.type) as EventDefinition) : []
    const copy = structuredClone(fact)
    return fields.length === 0 ? copy : { ...copy, data: { ...copy.data, ...Object.fromEntries(fields.map((field) => [field, null])) } }
  })
