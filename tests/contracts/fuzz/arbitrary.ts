import fc from 'fast-check'

/** JSON Schema as the house writes it: what TypeBox makes, nothing more. */
export type Schema = {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly minimum?: number
  readonly maximum?: number
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
}

/** Texts that people, phones and attackers send: valid text all of them, but not what one thinks of. */
export const oddTexts = [
  'Ｆｕｌｌ ｗｉｄｔｈ',
  '\u202Egnp.exe\u202C',
  'e\u0301\u0301\u0301\u0301',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  '\u200B\u200D\uFEFF',
  'ﷺ'.repeat(60),
  "'; drop table events; --",
  '{{7*7}}${7*7}<%= 7*7 %>',
  '<script>alert(1)</script>',
  '=cmd|"/c calc"!A1',
  '../../../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'null',
  '-0',
  '1e309',
  '%00%0a%0d',
  '$1 $& \\u0041 %s %n',
  '\u2028\u2029\u0085\u001f\u007f',
] as const

/** What no field takes: texts that are no text, numbers that are none of ours, shapes that nest. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, '', [], {}, -1, 0, 1.5, -0, 1e308, -1e308, 2 ** 53, 2 ** 53 + 2, 5e-324),
  fc.constantFrom<unknown>('\u0000', 'a\u0000b', '\uD800', 'x\uDFFFy', 'a'.repeat(30_000), '9'.repeat(400)),
  fc.constantFrom(...oddTexts),
  fc.constantFrom<unknown>({ __proto__: null, length: -1 }, { toString: 'x' }, [[[[[[[[[[]]]]]]]]]]),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Values that the schema allows; `ids` are those of things that exist, so that more than a "not there" is reached. */
export const allowedBy = (schema: Schema, ids: readonly string[], name = ''): fc.Arbitrary<unknown> => {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => allowedBy(each, ids, name)))
  switch (schema.type) {
    case 'object':
      return objects(schema, ids)
    case 'array': {
      const { minItems: minLength = 0, maxItems = 4 } = schema
      const given = { minLength, maxLength: Math.max(minLength, Math.min(maxItems, 4)) }
      const item = allowedBy(schema.items ?? {}, ids, name)
      return schema.uniqueItems ? fc.uniqueArray(item, { ...given, selector: (each) => JSON.stringify(each) }) : fc.array(item, given)
    }
    case 'integer':
      return fc.oneof(fc.constantFrom(...edges(schema)), fc.integer({ min: least(schema), max: most(schema) }))
    case 'number':
      return fc.oneof(fc.constantFrom(...edges(schema)), fc.double({ min: least(schema), max: most(schema), noNaN: true, noDefaultInfinity: true }))
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return strings(schema, ids)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

const least = ({ minimum = -(2 ** 31) }: Schema): number => minimum
const most = ({ maximum = 2 ** 31 - 1 }: Schema): number => maximum
const edges = (schema: Schema): number[] => [
  least(schema),
  most(schema),
  ...[0, 1, 1_000_000_000].filter((each) => each >= least(schema) && each <= most(schema)),
]

const objects = ({ properties = {}, required = [], patternProperties, additionalProperties }: Schema, ids: readonly string[]): fc.Arbitrary<unknown> => {
  const known = fc.record(Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, allowedBy(each, ids, key)])), {
    requiredKeys: [...required],
  })
  const [pattern, further] = Object.entries(patternProperties ?? {})[0] ?? ['.*', typeof additionalProperties === 'object' ? additionalProperties : null]
  if (further === null) return known
  const keys = pattern === '.*' || pattern === '^.*$' || pattern === '^(.*)$' ? fc.string({ maxLength: 20 }) : matching(pattern)
  return fc.tuple(known, fc.dictionary(keys, allowedBy(further, ids), { maxKeys: 4 })).map(([one, other]) => ({ ...other, ...(one as object) }))
}

const instants = fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((each) => each.toISOString())
const matching = (pattern: string): fc.Arbitrary<string> => fc.stringMatching(new RegExp(pattern))

const strings = (schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> => {
  if (schema.format === 'date-time')
    return fc.oneof(instants, fc.constantFrom('0000-01-01T00:00:00Z', '2016-12-31T23:59:60Z', '9999-12-31T23:59:59.999Z', '2026-02-28T00:00:00Z'))
  if (schema.format === 'date')
    return fc.oneof(
      instants.map((each) => each.slice(0, 10)),
      fc.constantFrom('0001-01-01', '9999-12-31', '2024-02-29'),
    )
  if (schema.format === 'uuid') return fc.uuid()
  const { minLength = 0, maxLength = 2_000, pattern } = schema
  if (pattern !== undefined && pattern !== '\\S') {
    const there = ids.filter((each) => new RegExp(pattern).test(each))
    return there.length === 0 ? matching(pattern) : fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...there) }, { weight: 1, arbitrary: matching(pattern) })
  }
  const fits = (text: string): boolean => [...text].length >= minLength && [...text].length <= maxLength && (pattern === undefined || /\S/.test(text))
  return fc
    .oneof(fc.constantFrom(...oddTexts), fc.string({ minLength, maxLength: Math.min(maxLength, 60), unit: 'grapheme' }), fc.constant('x'.repeat(maxLength)))
    .filter(fits)
}

/** A value with something in it exchanged, left out or added, wherever in it that may be. */
export const spoiled = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(value, fc.nat({ max: 1_000 }), hostile, fc.constantFrom('exchange', 'leave out', 'add'))
    .map(([given, at, other, how]) => spoil(given, at, other, how))

const spoil = (value: unknown, at: number, other: unknown, how: string): unknown => {
  if (value === null || typeof value !== 'object' || (Array.isArray(value) && value.length === 0)) return other
  if (how === 'add' && at % 3 === 0) return Array.isArray(value) ? [...value, other] : { ...value, [at % 2 ? 'surprise' : '__proto__x']: other }
  const keys = Object.keys(value)
  const key = keys[at % Math.max(1, keys.length)]
  if (key === undefined) return other
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...value }
  if (how === 'leave out') delete copy[key]
  else copy[key] = at % 4 === 0 ? other : spoil(copy[key], at >> 1, other, how)
  return copy
}
