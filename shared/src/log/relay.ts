import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { newId } from '../ids.ts'
import type { Kept, Sink } from '../log.ts'
import type { Logger } from '../logger.ts'
import type { EventTables } from './embedded.ts'

export type RelayTables = Pick<EventTables, 'heads' | 'onAppend'> & {
  readonly readShardBytes: (shard: number, after: number, limit: number) => Promise<readonly Kept[]>
}

export type RelayState = {
  readonly shard: number
  /** Events that the log has not confirmed. */
  readonly unsent: number
  /** How long the oldest of them has waited, in seconds. */
  readonly oldestSeconds: number
}

export type Relay = {
  /** The shards that this process relays now. */
  readonly state: () => RelayState[]
  readonly close: () => Promise<void>
}

type Owned = { epoch: number; position: number; waitingSince: number | null }

const batchSize = 1000
const retryMs = 300

/**
 * Carries a service's events from its table to the log, shard by shard in order: read after the cursor, publish, move the cursor. Who
 * relays a shard holds its row by a lease; a takeover raises the epoch, and a cursor moves only under its own epoch. A crash in between
 * publishes again what was published, never skips.
 */
export const startRelay = async (given: {
  readonly service: string
  readonly pool: Pool
  readonly tables: RelayTables
  readonly sink: Sink
  readonly logger: Logger
  readonly leaseMs?: number
}): Promise<Relay> => {
  const { service, pool, tables, sink, logger, leaseMs = 5_000 } = given
  const me = newId()
  const owned = new Map<number, Owned>()
  const heads = new Map<number, number>()
  let isOpen = true
  let wake = (): void => {}

  const learn = (shard: number, position: number): void => {
    if ((heads.get(shard) ?? 0) < position) heads.set(shard, position)
    wake()
  }
  const forget = tables.onAppend(({ shard, position }) => learn(shard, position))
  const poll = async (): Promise<void> => {
    for (const [shard, position] of await tables.heads()) learn(shard, position)
  }

  const lease = async (): Promise<void> => {
    const { rows } = await pool.query<{ shard: number; position: string; epoch: number }>(
      `update relay_cursor set owner = $1, epoch = case when owner = $1 then epoch else epoch + 1 end, leased_until = now() + $2 * interval '1 ms'
       where owner = $1 or leased_until < now() returning shard, position, epoch`,
      [me, leaseMs],
    )
    const mine = new Set(rows.map((row) => row.shard))
    for (const shard of owned.keys()) if (!mine.has(shard)) owned.delete(shard)
    for (const { shard, position, epoch } of rows)
      if (owned.get(shard)?.epoch !== epoch) owned.set(shard, { epoch, position: Number(position), waitingSince: null })
  }
  /** Apart from the loop, so that a log that is down for a while does not cost the lease. */
  const leasing = setInterval(() => void Promise.all([lease(), poll()]).then(() => wake(), failed), leaseMs / 3)
  const polling = setInterval(() => void poll().catch(failed), 250).unref()
  const failed = (error: unknown): void => logger.warn({ err: error, service }, 'the relay waits and tries again')

  /** Publishes what a shard has, one batch; false when there is nothing. */
  const forward = async (shard: number, mine: Owned): Promise<boolean> => {
    if ((heads.get(shard) ?? 0) <= mine.position) return false
    mine.waitingSince ??= Date.now()
    const records = await tables.readShardBytes(shard, mine.position, batchSize)
    const last = records.at(-1)
    if (!last) throw new Error(`${service}/${shard} has nothing after ${mine.position}, but its head says so`)
    if (records[0]?.position !== mine.position + 1) throw new Error(`${service}/${shard} has a hole after ${mine.position}`)
    await sink.publish({ service, shard }, records)
    const moved = await pool.query(`update relay_cursor set position = $3, leased_until = now() + $4 * interval '1 ms' where shard = $1 and epoch = $2`, [
      shard,
      mine.epoch,
      last.position,
      leaseMs,
    ])
    if (moved.rowCount === 0) {
      if (owned.get(shard) === mine) owned.delete(shard)
      logger.warn({ service, shard }, 'another process took over the relay of this shard')
      return false
    }
    mine.position = last.position
    mine.waitingSince = (heads.get(shard) ?? 0) > last.position ? Date.now() : null
    return true
  }

  const run = async (): Promise<void> => {
    while (isOpen) {
      try {
        let sent = false
        for (const [shard, mine] of [...owned]) if (isOpen) sent = (await forward(shard, mine)) || sent
        if (sent) continue
        await new Promise<void>((resolve) => {
          wake = resolve
          if (!isOpen || [...owned].some(([shard, mine]) => (heads.get(shard) ?? 0) > mine.position)) resolve()
        })
      } catch (error) {
        failed(error)
        await sleep(retryMs)
      }
    }
  }

  await pool.query('insert into relay_cursor (shard) select unnest($1::smallint[]) on conflict do nothing', [[...(await tables.heads()).keys()]])
  await Promise.all([lease(), poll()])
  const done = run()
  return {
    state: () =>
      [...owned].map(([shard, mine]) => ({
        shard,
        unsent: Math.max(0, (heads.get(shard) ?? 0) - mine.position),
        oldestSeconds: mine.waitingSince === null ? 0 : (Date.now() - mine.waitingSince) / 1000,
      })),
    close: async () => {
      isOpen = false
      forget()
      clearInterval(leasing)
      clearInterval(polling)
      await sink.close()
      wake()
      await done
      // The next process need not wait for the lease to end.
      await pool.query(`update relay_cursor set leased_until = '-infinity' where owner = $1`, [me]).catch(() => {})
    },
  }
}
