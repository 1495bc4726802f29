import type { Pool } from 'pg'
import type { Recorded } from '../aggregate.ts'
import type { Replay } from '../log.ts'
import { raiseEpoch } from './checkpoints.ts'
import { inTransaction, type Tx } from './transaction.ts'

/** An event that waits outside. `error` null = it is fine itself, but stands behind another of its stream. */
export type Parked = {
  readonly consumer: string
  readonly service: string
  readonly shard: number
  readonly position: number
  readonly stream: string
  readonly eventId: string
  readonly type: string
  readonly error: string | null
  readonly tries: number
  readonly parkedAt: Date
}

export type ParkedStream = Pick<Parked, 'consumer' | 'service' | 'stream'>

export const streamKey = (event: { readonly service: string; readonly stream: string }): string => `${event.service}/${event.stream}`

/** The streams of a consumer that wait, as `service/stream`. */
export const parkedStreams = async (pool: Pool | Tx, consumer: string): Promise<Set<string>> => {
  const { rows } = await pool.query<{ service: string; stream: string }>(
    'select distinct service, stream from parked where consumer = $1 and skipped_at is null',
    [consumer],
  )
  return new Set(rows.map(streamKey))
}

export const park = async (tx: Tx, consumer: string, events: readonly Recorded[], error: string | null, tries: number): Promise<void> => {
  for (const event of events)
    await tx.query(
      `insert into parked (consumer, service, shard, position, stream, event_id, type, error, tries) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict do nothing`,
      [consumer, event.service, event.shard, event.position, event.stream, event.id, event.type, error, tries],
    )
}

/** What waits, oldest first; of one consumer or of all. */
export const listParked = async (pool: Pool, consumer?: string): Promise<Parked[]> => {
  const { rows } = await pool.query<Omit<Parked, 'position'> & { position: string }>(
    `select consumer, service, shard, position, stream, event_id as "eventId", type, error, tries, parked_at as "parkedAt" from parked
      where skipped_at is null and ($1::text is null or consumer = $1) order by parked_at, service, shard, position limit 1000`,
    [consumer ?? null],
  )
  return rows.map((row) => ({ ...row, position: Number(row.position) }))
}

type Waiting = { shard: number; position: string }
const firstOf = async (tx: Pool | Tx, at: ParkedStream): Promise<Waiting | undefined> => {
  const { rows } = await tx.query<Waiting>(
    `select shard, position from parked where consumer = $1 and service = $2 and stream = $3 and skipped_at is null order by position limit 1 for update`,
    [at.consumer, at.service, at.stream],
  )
  return rows[0]
}

/**
 * Handles a parked stream again, oldest first, each event in a transaction of its own, until none waits or one fails; that one's error is
 * kept. Returns how many still wait. `apply` is what the consumer does with one event inside the transaction.
 */
export const retryParked = async (
  pool: Pool,
  at: ParkedStream,
  replay: Replay,
  apply: (tx: Tx, event: Recorded) => Promise<void>,
): Promise<{ readonly left: number }> => {
  for (;;) {
    let tried: Waiting | undefined
    try {
      const isLast = await inTransaction(pool, async (tx) => {
        tried = await firstOf(tx, at)
        if (!tried) return true
        const [event] = await replay({ service: at.service, shard: tried.shard }, Number(tried.position) - 1, 1)
        if (event?.position !== Number(tried.position)) throw new Error(`${at.service} did not answer with event ${tried.position} of shard ${tried.shard}`)
        await apply(tx, event)
        await tx.query('delete from parked where consumer = $1 and service = $2 and shard = $3 and position = $4', [
          at.consumer,
          at.service,
          tried.shard,
          tried.position,
        ])
        return false
      })
      if (isLast && (await release(pool, at))) return { left: 0 }
    } catch (error) {
      if (!tried) throw error
      const { rows } = await pool.query<{ left: number }>(
        `with failed as (update parked set error = $5, tries = tries + 1 where consumer = $1 and service = $2 and shard = $3 and position = $4)
         select count(*)::integer as left from parked where consumer = $1 and service = $2 and stream = $6 and skipped_at is null`,
        [at.consumer, at.service, tried.shard, tried.position, messageOf(error), at.stream],
      )
      return { left: rows[0]?.left ?? 0 }
    }
  }
}

/** Leaves out the oldest event of a parked stream, for a reason and by someone, both kept; then goes on as a retry does. */
export const skipParked = async (
  pool: Pool,
  at: ParkedStream,
  skip: { readonly reason: string; readonly by: string },
  replay: Replay,
  apply: (tx: Tx, event: Recorded) => Promise<void>,
): Promise<{ readonly left: number }> => {
  await inTransaction(pool, async (tx) => {
    const first = await firstOf(tx, at)
    if (!first) return
    await tx.query('update parked set skipped_at = now(), skipped_by = $5, reason = $6 where consumer = $1 and service = $2 and shard = $3 and position = $4', [
      at.consumer,
      at.service,
      first.shard,
      first.position,
      skip.by,
      skip.reason,
    ])
  })
  return retryParked(pool, at, replay, apply)
}

/** Lets the stream flow again. The epoch comes first: it holds the checkpoint, so that nothing is parked in between. */
const release = (pool: Pool, at: ParkedStream): Promise<boolean> =>
  inTransaction(pool, async (tx) => {
    await raiseEpoch(tx, at.consumer, at.service)
    return (await firstOf(tx, at)) === undefined
  })

export const messageOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2_000)
