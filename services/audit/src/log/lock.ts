import type { Pool, PoolClient } from 'pg'

/** The one process that writes the logs: whoever holds this lock of the checkpoints' database, for as long as its connection lives. */
export const soleWriter = (pool: Pool) => {
  let held: PoolClient | null = null
  const lost = (): void => {
    held?.release(true)
    held = null
  }
  return {
    /** True while this process is the one; tries to become it otherwise. */
    hold: async (): Promise<boolean> => {
      if (held !== null) return true
      try {
        const client = await pool.connect()
        client.once('error', lost)
        held = client
        const { rows } = await client.query<{ held: boolean }>(`select pg_try_advisory_lock(hashtext('collegium'), hashtext('log')) as held`)
        if (rows[0]?.held) return true
        client.off('error', lost)
        client.release()
        held = null
      } catch {
        lost()
      }
      return false
    },
    release: async (): Promise<void> => {
      // The connection ends, and the lock with it.
      lost()
    },
  }
}
