import type { Recorded } from '@collegium/shared/aggregate.ts'
import { inTransaction } from '@collegium/shared/consume/transaction.ts'
import { newId } from '@collegium/shared/ids.ts'
import { migrate } from '@collegium/shared/migrate.ts'
import { decodeRecord, piecesOf } from '@collegium/shared/store/record.ts'
import type { TestDatabase } from '@collegium/shared/testing/database.ts'
import { takeFacts } from '../log/intake.ts'

const moment = '2026-11-06T08:00:00.000Z'

/** A fact as its service would have stored it. */
export const factOf = (
  service: string,
  shard: number,
  position: number,
  stream: string,
  version: number,
  more: { type?: string; data?: object; unit?: string } = {},
): Recorded => {
  const type = more.type ?? `${service}.happened.v1`
  const id = newId()
  const around = { correlation: id, causation: id, command: id, occurred: moment, recorded: moment, reason: null, policies: {} }
  const actor = { person: 'p-1', post: { kind: 'head', unit: 'north' }, system: null }
  const { head, middle } = piecesOf(id, type, more.data ?? { count: position }, { ...around, service, shard, stream, unit: more.unit ?? 'north', actor })
  return decodeRecord(`${head}${position}${middle}${version}}`)
}

/** `count` facts of one source from a position on, in several streams, each of a version more. */
export const factsOf = (service: string, shard: number, from: number, count: number, streams = 7): Recorded[] =>
  Array.from({ length: count }, (_, at) => {
    const position = from + at
    return factOf(service, shard, position, `thing-${shard}-${(position - 1) % streams}`, Math.floor((position - 1) / streams) + 1)
  })

/** The audit service's own tables. */
export const factTables = (database: TestDatabase): Promise<void> => migrate(database.pool, new URL('../../migrations/', import.meta.url), 'audit')
export const headTable = (database: TestDatabase): Promise<void> => migrate(database.pool, new URL('../../log-migrations/', import.meta.url), 'log')

export const take = (database: TestDatabase, facts: readonly Recorded[]): Promise<void> => inTransaction(database.pool, (tx) => takeFacts(tx, facts))
