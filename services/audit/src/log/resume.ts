import type { Recorded } from '@collegium/shared/aggregate.ts'
import { inTransaction } from '@collegium/shared/consume/transaction.ts'
import type { Replay, Source } from '@collegium/shared/log.ts'
import type { Pool } from 'pg'
import { loneIntake, takeFacts } from './intake.ts'
import { LogRefused } from './refused.ts'

const pageSize = 1_000

/** From where a source's facts were taken anew, how many, and what had been wrong. */
export type Resumed = { readonly position: number; readonly facts: number; readonly fault: string }

/**
 * Lets a source go on that stands still: takes its facts anew from the owner, from the first that did not continue its stream up to the last
 * that was known, all or none; `record` is called before that is committed. Null where nothing is wrong with the source; throws LogRefused
 * while the owner still tells the same fault. Places that were given are never touched: nothing behind a fault has one.
 */
export const resumeSource = (pool: Pool, source: Source, replay: Replay, record: (resumed: Resumed) => Promise<void>): Promise<Resumed | null> =>
  inTransaction(pool, async (tx) => {
    await loneIntake(tx)
    const { service, shard } = source
    const { rows } = await tx.query<{ position: string; fault: string; last: string }>(
      `select f.position, f.fault, (select max(position) from facts where service = $1 and shard = $2) as last
       from facts f where f.service = $1 and f.shard = $2 and f.fault is not null order by f.position limit 1`,
      [service, shard],
    )
    if (!rows[0]) return null
    const [position, last] = [Number(rows[0].position), Number(rows[0].last)]
    await tx.query('delete from facts where service = $1 and shard = $2 and position >= $3', [service, shard, position])
    for (let after = position - 1; after < last; ) {
      const facts = (await replay(source, after, Math.min(pageSize, last - after))).filter((fact) => fact.position <= last)
      demandDense(facts, after, source)
      await takeFacts(tx, facts)
      after += facts.length
    }
    const still = await tx.query<{ position: string; fault: string }>(
      'select position, fault from facts where service = $1 and shard = $2 and fault is not null order by position limit 1',
      [service, shard],
    )
    if (still.rows[0]) throw new LogRefused(`${service}/${shard}/${still.rows[0].position}: ${still.rows[0].fault}`)
    const resumed = { position, facts: last - position + 1, fault: rows[0].fault }
    await record(resumed)
    return resumed
  })

const demandDense = (facts: readonly Recorded[], after: number, { service, shard }: Source): void => {
  const hole = facts.findIndex((fact, at) => fact.position !== after + 1 + at)
  if (facts.length === 0 || hole >= 0) throw new LogRefused(`${service}/${shard} has no fact at ${after + 1 + Math.max(0, hole)}`)
}
