import Type from 'typebox'

/** The query of every list: how many, and after which. */
export const PageQuery = Type.Object(
  { limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }), cursor: Type.Optional(Type.String({ maxLength: 300 })) },
  { additionalProperties: false },
)

/** One more row than asked for is read; it only says that there is another page. */
export const pageOf = <Row>(rows: readonly Row[], limit: number, key: (row: Row) => string): { items: Row[]; nextCursor: string | null } => {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? Buffer.from(key(last)).toString('base64url') : null }
}

/** The key that a cursor stands for; empty = from the beginning. */
export const keyOf = (cursor: string | undefined): string => Buffer.from(cursor ?? '', 'base64url').toString()
