import type { Pool, PoolClient } from 'pg'
import { isSilence } from '../outage.ts'

export type Tx = PoolClient

const begin = { durable: 'begin', unhurried: 'begin; set local synchronous_commit = off' }
/** What a statement says that came after the one that failed. */
const inFailedTransaction = '25P02'

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
    atOnce(tx)
    const [, result] = await allOf([tx.query(begin[commit]), work(tx)])
    await tx.query('commit')
    return result
  } catch (error) {
    // Who did not answer will not answer this either.
    if (isSilence(error)) lost(error as Error)
    else await tx.query('rollback').catch(lost)
    throw error
  } finally {
    tx.off('error', lost)
    tx.release(broken)
  }
}

/** Sends what is asked in this turn as one write. A connection that pipelines then answers all of it in one round trip, one after the other. */
const atOnce = (tx: Tx): void => {
  const { stream } = (tx as unknown as { connection: { stream: NodeJS.WritableStream & { cork: () => void; uncork: () => void } } }).connection
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/**
 * Like `Promise.all`, but waits for all also when one fails: nothing of a transaction may come after its end. Throws what failed first on the
 * connection, not what failed because of it.
 */
export const allOf = async <T extends readonly unknown[]>(work: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> => {
  const settled = await Promise.allSettled(work)
  const errors = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  if (errors.length > 0) throw errors.find((error) => error?.code !== inFailedTransaction) ?? errors[0]
  return settled.map((each) => (each as PromiseFulfilledResult<unknown>).value) as { -readonly [K in keyof T]: Awaited<T[K]> }
}
