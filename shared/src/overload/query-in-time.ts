import { connect } from 'node:net'
import pg from 'pg'
import type { Registry } from 'prom-client'
import { histogram, observe } from '../measuring.ts'
import { currentDeadline, demandTime, tooLate } from './deadline.ts'

const cancelRequestCode = 80_877_102

/**
 * `pool.query` under the deadline of the request that asks, if there is one: when the time is over or nobody waits any more, Postgres is told
 * to stop, the connection is given up, and `too-late` is thrown. Waiting for a connection counts too.
 */
export const queryInTime = async <R extends pg.QueryResultRow>(pool: pg.Pool, query: pg.QueryConfig): Promise<pg.QueryResult<R>> => {
  const deadline = currentDeadline()
  if (deadline === null) return timed(pool, () => pool.query<R>(query))
  demandTime()
  const signal = deadline.signal()
  const client = await connected(pool, signal)
  const stop = (): void => cancel(client)
  let broken = false
  // The pool listens only to connections that nobody uses; unheard, a lost one would end the process.
  const lost = (): void => {
    broken = true
  }
  client.on('error', lost)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await timed(pool, () => client.query<R>(query))
  } catch (error) {
    broken ||= !(error instanceof pg.DatabaseError)
    throw signal.aborted ? tooLate() : error
  } finally {
    signal.removeEventListener('abort', stop)
    client.off('error', lost)
    // A cancel may arrive after the answer: the connection must not be anybody else's by then.
    client.release(broken || signal.aborted)
  }
}

const observers = new WeakMap<pg.Pool, (seconds: number) => void>()

const timed = async <T>(pool: pg.Pool, ask: () => Promise<T>): Promise<T> => {
  const told = observers.get(pool)
  if (told === undefined) return ask()
  const began = performance.now()
  try {
    return await ask()
  } finally {
    told((performance.now() - began) / 1_000)
  }
}

/** Shows a pool of a service at `/metrics`: its connections, who waits for one, and how long queries take. Returns how to stop. */
export const observePool = (registry: Registry, service: string, pool: pg.Pool): (() => void) => {
  const seconds = histogram(registry, 'db_client_operation_duration_seconds')
  observers.set(pool, (took) => seconds.observe({ service }, took))
  const stops = [
    observe(registry, 'db_client_connection_count', () => [
      { labels: { service, db_client_connection_state: 'idle' }, value: pool.idleCount },
      { labels: { service, db_client_connection_state: 'used' }, value: pool.totalCount - pool.idleCount },
    ]),
    observe(registry, 'db_client_connection_pending_requests', () => [{ labels: { service }, value: pool.waitingCount }]),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

const connected = async (pool: pg.Pool, signal: AbortSignal): Promise<pg.PoolClient> => {
  const waiting = pool.connect()
  if (pool.idleCount > 0 && pool.waitingCount === 0) return waiting
  return new Promise((resolve, reject) => {
    const late = (): void => {
      reject(tooLate())
      waiting.then(
        (client) => client.release(),
        () => {},
      )
    }
    if (signal.aborted) return late()
    signal.addEventListener('abort', late, { once: true })
    waiting.then(resolve, reject).finally(() => signal.removeEventListener('abort', late))
  })
}

/** Postgres takes a cancel on a connection of its own: 16 bytes, no answer. */
const cancel = (client: pg.PoolClient): void => {
  const { processID, secretKey, host, port } = client as unknown as { processID: number; secretKey: number; host: string; port: number }
  const message = Buffer.alloc(16)
  for (const [index, part] of [16, cancelRequestCode, processID, secretKey].entries()) message.writeInt32BE(part | 0, index * 4)
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
  socket.on('error', () => {})
  socket.setTimeout(2_000, () => socket.destroy())
  socket.end(message)
}
