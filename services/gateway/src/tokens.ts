import { pageOf } from '@collegium/shared/http/paging.ts'
import type { Pool } from 'pg'
import Type, { type Static } from 'typebox'

/** What is told of a bearer token once it was made. */
export const KnownToken = Type.Object({
  id: Type.String(),
  name: Type.String(),
  permissions: Type.Array(Type.String()),
  expiresAt: Type.String(),
  createdAt: Type.String(),
  revokedAt: Type.Union([Type.String(), Type.Null()]),
})
type Row = { id: string; name: string; permissions: string[]; expiresAt: Date; createdAt: Date; revokedAt: Date | null }

/** A page of an account's tokens by id, after the keys of a cursor. */
export const listTokens = async (
  pool: Pool,
  account: string,
  after: readonly string[] | null,
  limit: number,
): Promise<{ items: Static<typeof KnownToken>[]; nextCursor: string | null }> => {
  const { rows } = await pool.query<Row>(
    `select id, name, permissions, expires_at as "expiresAt", created_at as "createdAt", revoked_at as "revokedAt"
     from tokens where account = $1 and ($2::text[] is null or id::text > $2[1]) order by id::text limit $3`,
    [account, after, limit + 1],
  )
  const { items, nextCursor } = pageOf(rows, limit, (each) => [each.id])
  const told = (each: Row): Static<typeof KnownToken> => ({
    ...each,
    expiresAt: each.expiresAt.toISOString(),
    createdAt: each.createdAt.toISOString(),
    revokedAt: each.revokedAt?.toISOString() ?? null,
  })
  return { items: items.map(told), nextCursor }
}

/** Revokes one token of an account; false where it has none of that id. */
export const revokeToken = async (pool: Pool, account: string, id: string): Promise<boolean> =>
  (await pool.query('update tokens set revoked_at = coalesce(revoked_at, now()) where id = $1 and account = $2', [id, account])).rowCount === 1
