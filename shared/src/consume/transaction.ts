import type { Pool, PoolClient } from 'pg'

export type Tx = PoolClient

const begin = { durable: 'begin', unhurried: 'begin; set local synchronous_commit = off' }

/**
 * Commits what `work` did, or nothing of it. A connection that failed is not used again. A `durable` commit is on disk when this resolves; an
 * `unhurried` one within a second, whole or not at all and never before what was committed earlier: a database that crashes may forget the last of them.
 */
export const inTransaction = async <T>(pool: Pool, work: (tx: Tx) => Promise<T>, commit: keyof typeof begin = 'durable'): Promise<T> => {
  const tx = await pool.connect()
  let broken: Error | undefined
  // The pool listens only to connections that nobody uses; unheard, a lost one would end the process.
  const lost = (error: Error): void => {
    broken = error
  }
  tx.on('error', lost)
  try {
    await tx.query(begin[commit])
    const result = await work(tx)
    await tx.query('commit')
    return result
  } catch (error) {
    await tx.query('rollback').catch(lost)
    throw error
  } finally {
    tx.off('error', lost)
    tx.release(broken)
  }
}
