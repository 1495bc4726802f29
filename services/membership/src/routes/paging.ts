import Type, { type TSchema } from 'typebox'
import { reject } from '../rejections.ts'

/** Every list is read the same way: `?limit=&cursor=` gives `{ items, nextCursor }`; a cursor is the last row's key and means nothing outside. */
export const Page = { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })), cursor: Type.Optional(Type.String({ maxLength: 500 })) }
export type PageAsked = { readonly limit?: number; readonly cursor?: string }

export const Listed = <S extends TSchema>(item: S) => Type.Object({ items: Type.Array(item), nextCursor: Type.Union([Type.String(), Type.Null()]) })

/** The key after which the page begins; texts that come before every key where it is the first. */
export const keyOf = ({ cursor }: PageAsked, parts: number): string[] => {
  if (cursor === undefined) return Array<string>(parts).fill('')
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(key) && key.length === parts && key.every((part) => typeof part === 'string')) return key
  } catch {
    // Falls through to the refusal below, as a cursor of another list does.
  }
  throw reject('unknown-cursor')
}

/** Rows were asked for with one more than the limit: whether there is a next page shows in that one. */
export const paged = <Row>(rows: readonly Row[], limit: number, key: (row: Row) => string[]): { items: Row[]; nextCursor: string | null } => {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? Buffer.from(JSON.stringify(key(last))).toString('base64url') : null }
}
