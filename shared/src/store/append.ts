import type { Pool } from 'pg'
import { refuse } from '../refusals.ts'
import type { Pieces } from './record.ts'

/** One caller's events, encoded: what the database needs to place them. */
export type Entry = {
  readonly stream: string
  /** a version, 0 = none yet, -1 = any, -2 = some */
  readonly expected: number
  readonly command: string
  readonly fingerprint: string
  readonly events: readonly (Pieces & { readonly type: string; readonly sealed: string })[]
}

export type Placed = {
  readonly outcome: 'appended' | 'repeated' | 'reused' | 'conflict'
  readonly version: number
  readonly shard: number
  readonly position: number
}

type Waiting = { readonly entry: Entry; readonly bytes: number; readonly resolve: (placed: Placed) => void; readonly reject: (error: unknown) => void }

/** More than this in one call brings nothing: the figures of docs/adr show the flush paid off long before. */
const batchRequests = 500
const batchBytes = 1_000_000
/** About a second of work: who comes later is told to come again, before memory fills. */
const queueLimit = 5_000
/** A lost connection leaves the outcome unknown; the command ids make the same batch safe to send again. */
const resends = 6

const separator = '\u0001'

/**
 * The queue of one shard. While a batch is on its way to the database the next one collects: no timer, one round trip and one flush for
 * many callers, and positions in commit order because the shard has one writer at a time.
 */
export const appender = (pool: Pool, shard: number, onCommit: (position: number) => void) => {
  let queue: Waiting[] = []
  let busy = false

  const take = (): Waiting[] => {
    const batch: Waiting[] = []
    const later: Waiting[] = []
    const streams = new Set<string>()
    const commands = new Set<string>()
    let bytes = 0
    for (const waiting of queue) {
      const { stream, command } = waiting.entry
      // Version checks inside a batch would see the state before it, so a stream (and a command) is in it once; the order is kept.
      const fits = batch.length < batchRequests && (batch.length === 0 || bytes + waiting.bytes <= batchBytes) && !streams.has(stream) && !commands.has(command)
      streams.add(stream)
      commands.add(command)
      if (!fits) {
        later.push(waiting)
        continue
      }
      bytes += waiting.bytes
      batch.push(waiting)
    }
    queue = later
    return batch
  }

  const pump = async (): Promise<void> => {
    if (busy) return
    busy = true
    while (queue.length > 0) await send(take())
    busy = false
  }

  const send = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const placed = await call(
        pool,
        shard,
        batch.map((waiting) => waiting.entry),
      )
      let last = 0
      batch.forEach((waiting, index) => {
        const one = placed[index] as Placed
        if (one.outcome === 'appended') last = Math.max(last, one.position)
        waiting.resolve(one)
      })
      if (last > 0) onCommit(last)
    } catch (error) {
      // One bad row fails its whole statement: halves find it, and only its caller is told.
      if (batch.length === 1) return (batch[0] as Waiting).reject(error)
      const middle = Math.ceil(batch.length / 2)
      await send(batch.slice(0, middle))
      await send(batch.slice(middle))
    }
  }

  return {
    append: (entry: Entry): Promise<Placed> => {
      if (queue.length >= queueLimit) return Promise.reject(refuse('overloaded'))
      return new Promise((resolve, reject) => {
        queue.push({
          entry,
          bytes: entry.events.reduce((sum, event) => sum + event.head.length + event.middle.length + event.sealed.length, 0),
          resolve,
          reject,
        })
        // The callers of one turn of the event loop share the first batch.
        if (!busy) queueMicrotask(pump)
      })
    },
    idle: async (): Promise<void> => {
      while (busy || queue.length > 0) await new Promise((resolve) => setTimeout(resolve, 5))
    },
  }
}

const call = async (pool: Pool, shard: number, entries: readonly Entry[]): Promise<Placed[]> => {
  const events = entries.flatMap((entry, index) => entry.events.map((event, ordinal) => ({ event, request: index + 1, ordinal: ordinal + 1 })))
  const statement = {
    name: 'append-batch',
    text: 'select * from append_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
    rowMode: 'array',
    values: [
      shard,
      entries.map((entry) => entry.stream).join(separator),
      `{${entries.map((entry) => entry.expected).join()}}`,
      `{${entries.map((entry) => entry.events.length).join()}}`,
      `{${entries.map((entry) => entry.command).join()}}`,
      entries.map((entry) => entry.fingerprint).join(separator),
      `{${events.map((each) => each.request).join()}}`,
      `{${events.map((each) => each.ordinal).join()}}`,
      events.map((each) => each.event.type).join(separator),
      events.map((each) => each.event.head).join(separator),
      events.map((each) => each.event.middle).join(separator),
      events.map((each) => each.event.sealed).join(separator),
    ],
  }
  for (let attempt = 1; ; attempt++) {
    try {
      const { rows } = await pool.query<[number, Placed['outcome'], string, number, string]>(statement as never)
      const placed: Placed[] = []
      for (const [request, outcome, version, inShard, position] of rows)
        placed[request - 1] = { outcome, version: Number(version), shard: inShard, position: Number(position) }
      return placed
    } catch (error) {
      if (!isLostConnection(error) || attempt > resends) throw error
      await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt))
    }
  }
}

/** Class 08 and 57P0x, and sockets that ended: nobody knows whether the statement was committed. */
const isLostConnection = (error: unknown): boolean => {
  const { code, message = '' } = error as { code?: string; message?: string }
  return (
    /^(08|57P0|ECONN|EPIPE|ETIMEDOUT)/.test(code ?? '') || /Connection terminated|connection timeout|Client has encountered a connection error/i.test(message)
  )
}
