import type pg from 'pg'

/**
 * Lets a service's relay send everything again, from the first fact on: for a topic that was deleted, or that lost what it had confirmed. Readers skip
 * what they have. Takes a pool of the service's database; whoever relays notices within its next lease, some two seconds.
 */
export const refill = async (pool: pg.Pool): Promise<void> => {
  await pool.query('update relay_cursor set position = 0, epoch = epoch + 1')
}
