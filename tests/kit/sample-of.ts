import type { TSchema } from 'typebox'

type JsonSchema = {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly minimum?: number
  readonly format?: string
  readonly minLength?: number
}

/** A value that a schema allows: the required fields only, `unit` a unit that exists. */
export const sampleOf = (schema: TSchema, unit: string): unknown => make(schema as JsonSchema, unit, '')

const make = (schema: JsonSchema, unit: string, name: string): unknown => {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return make(schema.anyOf[0] as JsonSchema, unit, name)
  switch (schema.type) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((each) => [each, make(schema.properties?.[each] ?? {}, unit, each)]))
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => make(schema.items ?? {}, unit, name))
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1)
    case 'boolean':
      return true
    case 'string':
      if (schema.format === 'date-time') return '2026-10-10T08:00:00.000Z'
      if (schema.format === 'date') return '2026-10-10'
      return name === 'unit' || name === 'issuer' ? unit : 'a'.repeat(Math.max(1, schema.minLength ?? 1))
    default:
      return 'a'
  }
}
