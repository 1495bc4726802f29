import { canonical } from './store/canonical.ts'

/** One field that changed; `pointer` is a JSON pointer (RFC 6901). `old` is absent where the field is new, `new` where it went. */
export type Change = { readonly pointer: string; readonly old?: unknown; readonly new?: unknown }

/** Field by field what makes one JSON value another, in the order of the fields; lists by their places. */
export const changesBetween = (one: unknown, other: unknown, pointer = ''): Change[] => {
  if (Array.isArray(one) && Array.isArray(other)) return within(Object.fromEntries(one.entries()), Object.fromEntries(other.entries()), pointer)
  if (isObject(one) && isObject(other)) return within(one, other, pointer)
  return isSame(one, other) ? [] : [{ pointer, ...(one === undefined ? {} : { old: one }), ...(other === undefined ? {} : { new: other }) }]
}

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

const isSame = (one: unknown, other: unknown): boolean => one === other || (one !== undefined && other !== undefined && canonical(one) === canonical(other))

const within = (one: Fields, other: Fields, pointer: string): Change[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((name) =>
    changesBetween(own(one, name), own(other, name), `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )

/** Every object inherits fields such as `toString`; they are not part of it. */
const own = (fields: Fields, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined)
