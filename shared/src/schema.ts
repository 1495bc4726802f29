import Type, { type Static, type TSchema, type TString } from 'typebox'

/** What every service writes the same way. Each schema is JSON Schema: one value serves validation, types, OpenAPI, AsyncAPI and forms. */

/** An id: a UUID, or a readable one that a file gave ("pps-ppa"). */
export const Id = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$',
  description: 'An id: letters, digits, dot, underscore, colon, hyphen; at most 100.',
})

/** A moment: UTC with a Z, so that moments compare as text. */
export const Instant = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z$',
  format: 'date-time',
  description: 'A moment in UTC, as 2026-11-21T09:00:00.000Z.',
})

/** A calendar day without a time. */
export const Day = Type.String({ format: 'date', description: 'A day, as 2026-11-21.' })

/** A line of text that people wrote. */
export const Line = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })

/** Paragraphs that people wrote. */
export const Text = Type.String({ minLength: 1, maxLength: 20_000, pattern: '\\S' })

/** A name in both languages of the federation. */
export const Label = Type.Object({ en: Line, zh: Line }, { additionalProperties: false, description: 'A name in English and Chinese.' })
export type Label = Static<typeof Label>

/** Money in minor units (fen), never a fraction. */
export const Money = Type.Integer({ minimum: 0, maximum: 100_000_000_000, description: 'An amount in fen.' })

/** The schema, or null where there is nothing. */
export const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])

/** One of the given words, as JSON Schema's enum. */
export const OneOf = <const Words extends readonly [string, ...string[]]>(...words: Words) => Type.Enum<[...Words]>([...words] as unknown as [...Words])

/**
 * A text about the person that the event's `person` field names. It is encrypted with that person's key before it is stored;
 * whoever has no key (another service, or everyone after an erasure) reads `null`.
 */
export const Personal = <S extends TString>(schema: S) =>
  Type.Union([schema, Type.Null()], { personal: true, description: 'Personal: readable by the owning service only; null elsewhere and after erasure.' })

/** Does this property of an event hold a person's data? */
export const isPersonal = (schema: TSchema): boolean => (schema as { personal?: boolean }).personal === true

/** The schema with every object closed: an unknown field is an error, never dropped in silence. */
export const closed = <S extends TSchema>(schema: S): S => {
  const walk = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(walk)
    if (each === null || typeof each !== 'object') return each
    const copy = Object.fromEntries(
      Object.entries(each).map(([key, value]) => [key, key === 'enum' || key === 'const' || key === 'default' ? value : walk(value)]),
    )
    if (copy.type === 'object' && !('additionalProperties' in copy) && !('patternProperties' in copy)) copy.additionalProperties = false
    return copy
  }
  return walk(schema) as S
}
