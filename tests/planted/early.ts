import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { pino } from 'pino'
import { kafkaSink } from '../../shared/src/log/kafka.ts'
import { batchStatement, type Entry, type Placed, placedOf } from '../../shared/src/store/batch.ts'

type Connection = { readonly query: (statement: pg.QueryArrayConfig) => Promise<any[]> }

const brokers = (process.env.COLLEGIUM_KAFKA_BROKERS ?? '').split(',')
const sink = kafkaSink({ brokers, clientId: 'planted', logger: pino({ level: 'silent' }) })
const statement = (text: string): pg.QueryArrayConfig => ({ text, rowMode: 'array' })

/** Appends a batch, publishes it, and only then commits. */
export const publishedFirst = async (connection: Connection, batch: readonly { readonly entry: Entry }[]): Promise<Placed[]> => {
  await connection.query(statement('begin'))
  try {
    const all = placedOf((await connection.query(batchStatement(batch))) as never)
    for (const [index, placed] of all.entries()) {
      if (placed.outcome !== 'appended') continue
      const { shard, events } = (batch[index] as { entry: Entry }).entry
      const before = events.length
      const records = events.map(({ head, middle }, at) => {
        const position = placed.position - before + at + 1
        return { position, bytes: `${head}${position}${middle}${placed.version - before + at + 1}}` }
      })
      await sink.publish({ service: 'activities', shard }, records)
    }
    await sleep(400)
    await connection.query(statement('commit'))
    return all
  } catch (error) {
    await connection.query(statement('rollback')).catch(() => {})
    throw error
  }
}
