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

type Batch = { readonly shard: number; readonly mine: Owned; readonly records: readonly Kept[]; readonly last: number }
type Owned = { epoch: number; position: number; waitingSince: number | null }

const batchSize = 1000
/** What comes in this time after a send goes together: under load, fewer and larger sends. */
const lingerMs = 60
const retryMs = 300
/** So long a process that ends waits for what is being sent; what was sent and not confirmed by then is sent again. */
const closeMs = 2_000
/** A lease that has so many times as long to go as any that is given was given by a clock that has been set back since. */
const unbelievable = 10

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
       where owner = $1 or leased_until < now() or leased_until > now() + $2 * interval '${unbelievable} ms' returning shard, position, epoch`,
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

  const read = async (shard: number, mine: Owned): Promise<Batch> => {
    mine.waitingSince ??= performance.now()
    const records = await tables.readShardBytes(shard, mine.position, batchSize)
    if (records[0]?.position !== mine.position + 1)
      throw new Error(`${service}/${shard} has nothing or a hole after ${mine.position}, but its head says otherwise`)
    return { shard, mine, records, last: (records.at(-1) as Kept).position }
  }

  /** Moves the cursors of what was published; a shard whose epoch is another by now is let go. */
  const confirm = async (sent: readonly Batch[]): Promise<void> => {
    if (sent.length === 0) return
    const { rows } = await pool.query<{ shard: number }>({
      name: 'relay-confirm',
      text: `update relay_cursor c set position = s.position, leased_until = now() + $4 * interval '1 ms'
               from unnest($1::smallint[], $2::integer[], $3::bigint[]) s(shard, epoch, position) where c.shard = s.shard and c.epoch = s.epoch returning c.shard`,
      values: [sent.map((each) => each.shard), sent.map((each) => each.mine.epoch), sent.map((each) => each.last), leaseMs],
    })
    const confirmed = new Set(rows.map((row) => row.shard))
    for (const { shard, mine, last } of sent) {
      mine.position = last
      mine.waitingSince = null
      if (confirmed.has(shard)) continue
      if (owned.get(shard) === mine) owned.delete(shard)
      logger.warn({ service, shard }, 'another process took over the relay of this shard')
    }
  }

  const due = (): [number, Owned][] => [...owned].filter(([shard, mine]) => (heads.get(shard) ?? 0) > mine.position)

  /** One batch of every shard that has something: read and published side by side, confirmed together. */
  const forward = async (): Promise<void> => {
    const sent: Batch[] = []
    const results = await Promise.allSettled(
      due().map(async ([shard, mine]) => {
        const batch = await read(shard, mine)
        await sink.publish({ service, shard }, batch.records)
        sent.push(batch)
      }),
    )
    await confirm(sent)
    for (const result of results) if (result.status === 'rejected') throw result.reason
    if (sent.every((batch) => batch.records.length < batchSize)) await sleep(lingerMs)
  }

  const run = async (): Promise<void> => {
    while (isOpen) {
      try {
        if (due().length > 0) await forward()
        else
          await new Promise<void>((resolve) => {
            wake = resolve
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
        oldestSeconds: mine.waitingSince === null ? 0 : (performance.now() - mine.waitingSince) / 1000,
      })),
    close: async () => {
      isOpen = false
      forget()
      clearInterval(leasing)
      clearInterval(polling)
      const finish = async (): Promise<void> => {
        await sink.close()
        wake()
        await done
      }
      await Promise.race([finish(), sleep(closeMs, undefined, { ref: false })])
      // The next process need not wait for the lease to end.
      await pool.query(`update relay_cursor set leased_until = '-infinity' where owner = $1`, [me]).catch(() => {})
    },
  }
}
