import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { refuse } from '../refusals.ts'
import { batchStatement, type Entry, type Placed, placedOf } from './batch.ts'
import { writer } from './writer.ts'

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
/** Less than a second of work: who comes later is told to come again, before memory fills. */
const queueLimit = 10_000
/** How long a batch is sent again while the database does not answer; a restart takes less. */
const patienceMs = 10_000
/** One batch is worked on while the next is on its way; more would only make batches smaller. */
const mostInFlight = 2
/** A call has a price of its own: so many must wait before they go while another batch is under way. */
const worthACall = 24

/** The database did not answer in time. Whether the facts were stored is open: repeating the same command is safe and tells. */
export class StoreUnavailable extends Error {
  readonly statusCode = 503
}

/**
 * The queue before the shards. While batches are on their way to the database the next one collects: no timer, one round trip and one flush
 * for many callers, and positions in commit order because a batch holds its shards.
 */
export const appender = (pool: pg.Pool, onCommit: (shard: number, position: number) => void) => {
  const connection = writer(pool)
  let queue: Waiting[] = []
  let inFlight = 0
  let scheduled = false
  let drained = (): void => {}

  const pump = (): void => {
    scheduled = false
    while (queue.length > 0 && (inFlight === 0 || (inFlight < mostInFlight && queue.length >= worthACall))) {
      // A crowd is halved, so that one half is prepared while the database works on the other.
      const most = inFlight === 0 && queue.length >= 2 * worthACall ? queue.length >> 1 : queue.length
      const { batch, rest } = take(queue, most)
      queue = rest
      inFlight += 1
      void send(batch, 0).then(() => {
        inFlight -= 1
        schedule()
        if (inFlight === 0 && queue.length === 0) drained()
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
      placed = placedOf(await connection.query(batchStatement(batch)))
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
      if (performance.now() - first.since < patienceMs) {
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
      if (queue.length >= queueLimit) return Promise.reject(refuse('overloaded'))
      let bytes = 0
      for (const event of entry.events) bytes += event.head.length + event.middle.length + event.sealed.length
      return new Promise((resolve, reject) => {
        queue.push({ entry, bytes, since: performance.now(), resolve, reject })
        schedule()
      })
    },
    /** Resolves when nothing waits; gives the connection back. */
    idle: async (): Promise<void> => {
      if (inFlight > 0 || queue.length > 0) {
        await new Promise<void>((resolve) => {
          const before = drained
          drained = () => {
            drained = () => {}
            before()
            resolve()
          }
        })
      }
      await connection.close()
    },
  }
}

/** Divides the queue. Checks inside a batch see the state before it, so a stream (and a command) is in it once; the order is kept. */
const take = (queue: readonly Waiting[], most: number): { readonly batch: Waiting[]; readonly rest: Waiting[] } => {
  const batch: Waiting[] = []
  const later: Waiting[] = []
  const streams = new Set<string>()
  const commands = new Set<string>()
  let bytes = 0
  let index = 0
  for (; index < queue.length && batch.length < Math.min(most, batchRequests); index++) {
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
  return { batch, rest: index === queue.length ? later : later.concat(queue.slice(index)) }
}

/**
 * Errors that the same batch does not meet again: the connection was lost (then the outcome is unknown, and the command ids make it safe to
 * send the batch again), the database restarts, is full, ran into a deadlock or a timeout. Two processes that store the same command at
 * once meet in its key: the second then finds what the first stored.
 */
const isPassing = (error: unknown, attempt: number): boolean => {
  const { code, constraint } = error as { code?: string; constraint?: string }
  // Nothing from the database itself: sockets, name lookups, connections that ended.
  if (!(error instanceof pg.DatabaseError)) return true
  if (code === '23505' && constraint === 'events_command') return attempt < 3
  return /^(08|53|57P0|25006|40001|40P01|55P03|57014)/.test(code ?? '')
}
