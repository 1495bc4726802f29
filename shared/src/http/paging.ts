import Type, { type TProperties, type TSchema } from 'typebox'
import { refuse } from '../refusals.ts'
import { closed, Id } from '../schema.ts'
import { isText } from './readable.ts'

/** The query of a list: its own filters, how many, and after which. */
export const Listing = <P extends TProperties>(filters: P) =>
  closed(
    Type.Object({
      ...filters,
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      cursor: Type.Optional(Type.String({ maxLength: 500, description: 'nextCursor of the page before.' })),
    }),
  )

/** A filter that many lists share. */
export const unitFilter = { unit: Type.Optional({ ...Id, description: 'This unit and all below it.' }) }

/** What a list answers. */
export const PageOf = <S extends TSchema>(item: S) => Type.Object({ items: Type.Array(item), nextCursor: Type.Union([Type.String(), Type.Null()]) })

/** A page of rows that were read with one more than `limit`: that one tells that there is a next page. The cursor holds the last row's sort keys. */
export const pageOf = <R>(rows: readonly R[], limit: number, keys: (row: R) => readonly string[]): { items: R[]; nextCursor: string | null } => {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? Buffer.from(JSON.stringify(keys(last))).toString('base64url') : null }
}

/** The sort keys after which a page begins; null = from the beginning. Throws `bad-cursor` for what no list with so many keys gave. */
export const keysOf = (cursor: string | undefined, count: number): string[] | null => {
  if (cursor === undefined) return null
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(keys) && keys.length === count && keys.every((key) => typeof key === 'string' && isText(key))) return keys
  } catch {
    // Anything that does not read as a cursor is refused below.
  }
  throw refuse('bad-cursor')
}
