import type { Pool } from 'pg'
import type { Source } from '../log.ts'
import type { Tx } from './transaction.ts'

export type Checkpoint = Source & { readonly position: number; readonly epoch: number }
/** From where to where a checkpoint moves. */
export type Move = Source & { readonly stored: number; readonly position: number; readonly epoch: number }

/** Another process moved (or reset, or removed) the checkpoint: read it again and go on from there. */
export class Overtaken extends Error {
  constructor(consumer: string) {
    super(`${consumer}: the checkpoint is not where this process left it`)
    this.name = 'Overtaken'
  }
}

/** Makes the rows that are missing, at position 0. */
export const createCheckpoints = async (pool: Pool | Tx, consumer: string, sources: readonly Source[]): Promise<void> => {
  await pool.query(`insert into checkpoints (consumer, service, shard) select $1, * from unnest($2::text[], $3::smallint[]) on conflict do nothing`, [
    consumer,
    sources.map((each) => each.service),
    sources.map((each) => each.shard),
  ])
}

export const readCheckpoints = async (pool: Pool | Tx, consumer: string): Promise<Checkpoint[]> => {
  const { rows } = await pool.query<{ service: string; shard: number; position: string; epoch: number }>(
    'select service, shard, position, epoch from checkpoints where consumer = $1',
    [consumer],
  )
  return rows.map((row) => ({ ...row, position: Number(row.position) }))
}

/** Moves checkpoints and locks them to the end of the transaction; throws Overtaken unless each stands where the caller believes. */
export const moveCheckpoints = async (tx: Tx, consumer: string, moves: readonly Move[]): Promise<void> => {
  // Always in one order, so that two processes never wait for each other.
  const sorted = moves.toSorted((a, b) => (a.service === b.service ? a.shard - b.shard : a.service < b.service ? -1 : 1))
  const moved = await tx.query({
    name: 'move-checkpoints',
    text: `update checkpoints c set position = m.position
             from unnest($2::text[], $3::smallint[], $4::bigint[], $5::bigint[], $6::integer[]) m(service, shard, stored, position, epoch)
            where c.consumer = $1 and c.service = m.service and c.shard = m.shard and c.position = m.stored and c.epoch = m.epoch`,
    values: [
      consumer,
      sorted.map((each) => each.service),
      sorted.map((each) => each.shard),
      sorted.map((each) => each.stored),
      sorted.map((each) => each.position),
      sorted.map((each) => each.epoch),
    ],
  })
  if (moved.rowCount !== moves.length) throw new Overtaken(consumer)
}

/** Makes every process of this consumer read its checkpoint and parked streams again. */
export const raiseEpoch = async (tx: Tx, consumer: string, service: string): Promise<void> => {
  await tx.query('update checkpoints set epoch = epoch + 1 where consumer = $1 and service = $2', [consumer, service])
}
