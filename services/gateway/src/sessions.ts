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
