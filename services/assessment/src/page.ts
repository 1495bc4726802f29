import { Id } from '@collegium/shared/schema.ts'
import Type, { type TProperties } from 'typebox'
import { reject } from './rejections.ts'

/** The query of a list: its own filters, how many, and after which. */
export const Listing = <P extends TProperties>(filters: P) =>
  Type.Object(
    { ...filters, limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }), cursor: Type.Optional(Type.String({ maxLength: 300 })) },
    { additionalProperties: false },
  )

/** Filters that many lists share. */
export const unitFilter = { unit: Type.Optional({ ...Id, description: 'This unit and all below it.' }) }

/** One row more than was asked for tells that there is a next page; the cursor holds the last row's sort keys. */
export const pageOf = <R>(rows: readonly R[], limit: number, keys: (row: R) => readonly string[]): { items: R[]; nextCursor: string | null } => {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? Buffer.from(JSON.stringify(keys(last))).toString('base64url') : null }
}

/** The sort keys after which a page begins; null = from the beginning. */
export const keysOf = (cursor: string | undefined, count: number): string[] | null => {
  if (cursor === undefined) return null
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(keys) && keys.length === count && keys.every((key) => typeof key === 'string')) return keys
  } catch {
    // Anything that does not read as a cursor is refused below.
  }
  throw reject('bad-cursor')
}
