import { dateOf } from '../date-text.ts'
import { instantOf, wallOf } from '../days.ts'
import { kindOf, plain, type Schema } from './schema.ts'

/** What stands in the fields: texts, ticks, and lists and groups of those. It may be half finished. */
export type Draft = string | boolean | readonly Draft[] | { readonly [name: string]: Draft }
export type Group = { readonly [name: string]: Draft }

export const isGroup = (draft: Draft | undefined): draft is Group => typeof draft === 'object' && !Array.isArray(draft)
export const listOf = (draft: Draft | undefined): readonly Draft[] => (Array.isArray(draft) ? draft : [])
export const textOf = (draft: Draft | undefined): string => (typeof draft === 'string' ? draft : '')

/** An empty field of a schema: lists begin with as many places as they need. */
export const emptyOf = (schema: Schema, name: string): Draft => {
  const kind = kindOf(schema, name)
  if (kind === 'yes-no') return false
  if (kind === 'list')
    return kindOf(plain(schema).items ?? {}, name) === 'person'
      ? []
      : Array.from({ length: plain(schema).minItems ?? 0 }, () => emptyOf(plain(schema).items ?? {}, name))
  if (kind === 'group') return Object.fromEntries(Object.entries(plain(schema).properties ?? {}).map(([each, inner]) => [each, emptyOf(inner, each)]))
  return ''
}

/** A value as it stands in a field; moments in the time zone of the campus. */
export const draftOf = (schema: Schema, name: string, value: unknown, timeZone: string): Draft => {
  if (value === undefined || value === null) return emptyOf(schema, name)
  const inner = plain(schema)
  switch (kindOf(schema, name)) {
    case 'list':
      return (value as unknown[]).map((each) => draftOf(inner.items ?? {}, name, each, timeZone))
    case 'group':
      return Object.fromEntries(
        Object.entries(inner.properties ?? {}).map(([each, field]) => [each, draftOf(field, each, (value as Record<string, unknown>)[each], timeZone)]),
      )
    case 'yes-no':
      return value === true
    case 'money':
      return String(Number(value) / 100)
    case 'moment':
      return wallOf(String(value), timeZone)
    default:
      return String(value)
  }
}

/** The value that fields make; undefined where nothing was filled in, so that the API says what is missing. */
export const filledIn = (schema: Schema, name: string, draft: Draft | undefined, timeZone: string): unknown => {
  const inner = plain(schema)
  const text = textOf(draft).trim()
  switch (kindOf(schema, name)) {
    case 'list': {
      const values = listOf(draft).flatMap((each) => {
        const value = filledIn(inner.items ?? {}, name, each, timeZone)
        return value === undefined ? [] : [value]
      })
      return values
    }
    case 'group': {
      const fields = Object.entries(inner.properties ?? {}).flatMap(([each, field]) => {
        const value = filledIn(field, each, isGroup(draft) ? draft[each] : undefined, timeZone)
        const left = value === undefined || (Array.isArray(value) && value.length === 0 && !inner.required?.includes(each))
        return left ? [] : [[each, value] as const]
      })
      return fields.every(([each, value]) => value === false && !inner.required?.includes(each)) ? undefined : Object.fromEntries(fields)
    }
    case 'yes-no':
      return draft === true
    case 'number':
      return text === '' ? undefined : numberOf(text)
    case 'money':
      return text === '' ? undefined : typeof numberOf(text) === 'number' ? Math.round(Number(text) * 100) : text
    case 'moment':
      // What is no moment stays what was typed: the API says what is wrong with it.
      return text === '' ? undefined : dateOf(text, true) === null ? text : instantOf(dateOf(text, true) as string, timeZone)
    case 'either':
      return text === '' ? undefined : text === 'true' || text === 'false' ? text === 'true' : numberOf(text)
    default:
      return text === '' ? undefined : text
  }
}

/** What is no number stays what was typed: the API says what is wrong with it. */
const numberOf = (text: string): number | string => (Number.isNaN(Number(text)) ? text : Number(text))

/** The body of a command: what the page gives, and what was filled in. */
export const bodyOf = (schema: Schema, given: object, draft: Draft, timeZone: string): Record<string, unknown> => ({
  ...((filledIn(schema, '', draft, timeZone) as object | undefined) ?? {}),
  ...given,
})

/** The draft with the value at a JSON pointer replaced. */
export const withAt = (draft: Draft, path: readonly string[], value: Draft): Draft => {
  const [first, ...rest] = path
  if (first === undefined) return value
  if (Array.isArray(draft)) return draft.map((each, place) => (String(place) === first ? withAt(each, rest, value) : each))
  return { ...(isGroup(draft) ? draft : {}), [first]: withAt((isGroup(draft) ? draft[first] : undefined) ?? '', rest, value) }
}
