import type pg from 'pg'

/** A fact as its owner's table has it. */
export type Stored = {
  readonly service: string
  readonly shard: number
  readonly position: number
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly bytes: string
  /** The record's own words. */
  readonly record: {
    readonly id: string
    readonly shard: number
    readonly position: number
    readonly stream: string
    readonly version: number
    readonly command: string
    readonly causation: string
    readonly data: any
  }
}

type Row = { shard: number; position: string; stream: string; version: string; type: string; bytes: string }

/** Every fact of a service, shard by shard in order, past its code. */
export const readHistory = async (pool: pg.Pool, service: string): Promise<Stored[]> => {
  const { rows } = await pool.query<Row>('select shard, position, stream, version, type, bytes from events order by shard, position')
  return rows.map((row) => ({ ...row, service, position: Number(row.position), version: Number(row.version), record: JSON.parse(row.bytes) }))
}

export const placeOf = ({ service, shard, position }: Pick<Stored, 'service' | 'shard' | 'position'>): string => `${service}/${shard}/${position}`
