import Type, { type Static } from 'typebox'
import { reject } from './rejections.ts'

/** What every list takes besides its own filters. */
export const paging = {
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 500, description: 'nextCursor of the page before.' })),
}
type Paging = Static<Type.TObject<typeof paging>>

/** Where the page begins: the sort key of the last row before it, as two texts; nulls for the first page. */
export const after = ({ cursor }: Paging): [string | null, string | null] => {
  if (cursor === undefined) return [null, null]
  const [first, second] = Buffer.from(cursor, 'base64url').toString().split('\n')
  if (first === undefined || second === undefined) throw reject('bad-cursor')
  return [first, second]
}

/** One page of rows that were read with `limit + 1`, so that it is known whether more follow. */
export const page = <Row>(
  rows: readonly Row[],
  { limit }: Paging,
  key: (row: Row) => readonly [string, string],
): { items: Row[]; nextCursor: string | null } => {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? Buffer.from(key(last).join('\n')).toString('base64url') : null }
}
