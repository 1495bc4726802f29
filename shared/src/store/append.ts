import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { refuse } from '../refusals.ts'
import { batchStatement, type Entry, type Placed, placedOf } from './batch.ts'

type Waiting = {
  readonly entry: Entry
  readonly bytes: number
  readonly since: number
  readonly resolve: (placed: Placed) => void
  readonly reject: (error: unknown) => void
}

/** More than this in one call brings nothing: the cost of the call itself is long spread thin. */
const batchRequests = 500
const batchBytes = 1_000_000
/** About a second of work: who comes later is told to come again, before memory fills. */
const queueLimit = 5_000
/** A writer that is stuck holds its shard no longer than this. */
const statementMs = 5_000
/** How long a batch is sent again while the database does not answer; a restart takes less. */
const patienceMs = 10_000
/** Two statements on their way keep the database busy while this process prepares the next; more would only make batches smaller. */
const maxLanes = 2

/** The database did not answer in time. Whether the facts were stored is open: repeating the same command is safe and tells. */
export class StoreUnavailable extends Error {
  readonly statusCode = 503
}

/**
 * The queues before the shards; a lane serves every second shard with one connection. While a lane's batch is on its way to the database its
 * next one collects: no timer, one round trip and one flush for many callers, and positions in commit order because a batch holds its shards.
 */
export const appender = (pool: pg.Pool, shards: number, onCommit: (shard: number, position: number) => void) => {
  const lanes = Math.min(shards, maxLanes)
  const queues: Waiting[][] = Array.from({ length: lanes }, () => [])
  const busy = new Set<number>()
  let scheduled = false
  let writers: pg.Pool | null = null
  let drained = (): void => {}

  const openWriters = (): pg.Pool => {
    const { password } = pool.options
    const opened = new pg.Pool({ ...pool.options, password, max: lanes, min: 0, idleTimeoutMillis: 10_000, statement_timeout: statementMs })
    // A connection lost while it was idle is replaced when it is needed.
    return opened.on('error', () => {})
  }

  const pump = (): void => {
    scheduled = false
    for (let lane = 0; lane < lanes; lane++) {
      if (busy.has(lane) || queues[lane]?.length === 0) continue
      busy.add(lane)
      void send(take(queues, lane), 0).then(() => {
        busy.delete(lane)
        schedule()
        if (busy.size === 0 && queues.every((queue) => queue.length === 0)) drained()
      })
    }
  }
  /** After the turn of the event loop: those who were just answered, or came together, share the batch. */
  const schedule = (): void => {
    if (scheduled) return
    scheduled = true
    setImmediate(pump)
  }

  const send = async (batch: readonly Waiting[], attempt: number): Promise<void> => {
    let placed: Placed[]
    try {
      writers ??= openWriters()
      placed = placedOf((await writers.query(batchStatement(batch))).rows)
    } catch (error) {
      return again(batch, attempt, error)
    }
    const heads = new Map<number, number>()
    for (let index = 0; index < batch.length; index++) {
      const one = placed[index] as Placed
      if (one.outcome === 'appended') heads.set(one.shard, one.position)
      batch[index]?.resolve(one)
    }
    for (const [shard, position] of heads) onCommit(shard, position)
  }

  const again = async (batch: readonly Waiting[], attempt: number, error: unknown): Promise<void> => {
    const first = batch[0] as Waiting
    if (isPassing(error, attempt)) {
      if (Date.now() - first.since < patienceMs) {
        await sleep(Math.min(20 * 2 ** attempt, 500))
        return send(batch, attempt + 1)
      }
      const unavailable = new StoreUnavailable(`The database did not answer for ${patienceMs / 1000} s`, { cause: error })
      for (const waiting of batch) waiting.reject(unavailable)
      return
    }
    // One bad row fails its whole statement: halves find it, and only its caller is told.
    if (batch.length === 1) return first.reject(error)
    const middle = batch.length >> 1
    await send(batch.slice(0, middle), 0)
    await send(batch.slice(middle), 0)
  }

  return {
    append: (entry: Entry): Promise<Placed> => {
      const queue = queues[entry.shard % lanes] as Waiting[]
      if (queue.length >= queueLimit) return Promise.reject(refuse('overloaded'))
      let bytes = 0
      for (const event of entry.events) bytes += event.head.length + event.middle.length + event.sealed.length
      return new Promise((resolve, reject) => {
        queue.push({ entry, bytes, since: Date.now(), resolve, reject })
        schedule()
      })
    },
    /** Resolves when nothing waits; gives the connections back. */
    idle: async (): Promise<void> => {
      if (busy.size > 0 || queues.some((queue) => queue.length > 0)) {
        await new Promise<void>((resolve) => {
          const before = drained
          drained = () => {
            drained = () => {}
            before()
            resolve()
          }
        })
      }
      const idle = writers
      writers = null
      await idle?.end()
    },
  }
}

/** Takes the next batch. Checks inside a batch see the state before it, so a stream (and a command) is in it once; the order is kept. */
const take = (queues: Waiting[][], lane: number): Waiting[] => {
  const queue = queues[lane] as Waiting[]
  const batch: Waiting[] = []
  const later: Waiting[] = []
  const streams = new Set<string>()
  const commands = new Set<string>()
  let bytes = 0
  let index = 0
  for (; index < queue.length && batch.length < batchRequests; index++) {
    const waiting = queue[index] as Waiting
    const { stream, command } = waiting.entry
    if (batch.length > 0 && bytes + waiting.bytes > batchBytes) break
    if (streams.has(stream) || commands.has(command)) later.push(waiting)
    else {
      batch.push(waiting)
      bytes += waiting.bytes
    }
    streams.add(stream)
    commands.add(command)
  }
  queues[lane] = index === queue.length ? later : later.concat(queue.slice(index))
  return batch
}

/**
 * Errors that the same batch does not meet again: the connection was lost (then the outcome is unknown, and the command ids make it safe to
 * send the batch again), the database restarts, is full, ran into a deadlock or a timeout. Two lanes that store the same command at once
 * meet in its key: the second then finds what the first stored.
 */
const isPassing = (error: unknown, attempt: number): boolean => {
  const { code, constraint } = error as { code?: string; constraint?: string }
  // Nothing from the database itself: sockets, name lookups, connections that ended.
  if (!(error instanceof pg.DatabaseError)) return true
  if (code === '23505' && constraint === 'commands_pkey') return attempt < 3
  return /^(08|53|57P0|25006|40001|40P01|55P03|57014)/.test(code ?? '')
}
