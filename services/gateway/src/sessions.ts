import type { Pool } from 'pg'
import { hashOf, newSecret } from './secret.ts'

/** Opens a session and returns its secret, which is stored nowhere. Sessions of the account that have ended are cleared away. */
export const openSession = async (pool: Pool, account: string, hours: number): Promise<string> => {
  const secret = newSecret()
  await pool.query(
    `with old as (delete from sessions where account = $2 and expires_at < now())
     insert into sessions (hash, account, expires_at) values ($1, $2, now() + make_interval(hours => $3))`,
    [hashOf(secret), account, hours],
  )
  return secret
}

export const closeSession = async (pool: Pool, hash: Buffer): Promise<void> => void (await pool.query('delete from sessions where hash = $1', [hash]))

/** The open sessions of an account, the latest first. */
export const listSessions = async (pool: Pool, account: string): Promise<{ hash: Buffer; openedAt: Date; expiresAt: Date }[]> =>
  (
    await pool.query<{ hash: Buffer; openedAt: Date; expiresAt: Date }>(
      'select hash, opened_at as "openedAt", expires_at as "expiresAt" from sessions where account = $1 and expires_at > now() order by opened_at desc',
      [account],
    )
  ).rows
