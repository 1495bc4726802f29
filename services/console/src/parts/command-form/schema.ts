import { moneyFields, peopleFields, unitFields } from '../field-kinds.ts'

/** The JSON Schema of an input, as far as the house writes it. */
export type Schema = {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly string[]
  readonly format?: string
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
}

/** How a field is filled in. */
export type Kind = 'line' | 'paragraphs' | 'choice' | 'yes-no' | 'number' | 'money' | 'moment' | 'day' | 'person' | 'unit' | 'list' | 'group' | 'either'

/** Longer texts are written in several lines. */
const longestLine = 300

/** A field that may be null is the field. */
export const plain = (schema: Schema): Schema => {
  const others = schema.anyOf?.filter(({ type }) => type !== 'null')
  return others?.length === 1 ? (others[0] as Schema) : schema
}

export const kindOf = (given: Schema, name: string): Kind => {
  const schema = plain(given)
  if (schema.anyOf) return 'either'
  if (schema.enum) return 'choice'
  switch (schema.type) {
    case 'boolean':
      return 'yes-no'
    case 'integer':
    case 'number':
      return moneyFields.has(name) ? 'money' : 'number'
    case 'array':
      return 'list'
    case 'object':
      return 'group'
    default:
      if (schema.format === 'date-time') return 'moment'
      if (schema.format === 'date') return 'day'
      if (peopleFields.has(name)) return 'person'
      if (unitFields.has(name)) return 'unit'
      return (schema.maxLength ?? 0) > longestLine ? 'paragraphs' : 'line'
  }
}

/** The fields of a command that the person fills in: all but those that the page gives, in the order of the declaration. */
export const fieldsOf = (schema: Schema, given: object = {}): readonly (readonly [name: string, schema: Schema, required: boolean])[] =>
  Object.entries(schema.properties ?? {})
    .filter(([name]) => !(name in given))
    .map(([name, each]) => [name, each, schema.required?.includes(name) ?? false])
