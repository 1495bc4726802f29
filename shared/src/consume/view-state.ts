import type { Pool } from 'pg'
import type { Row, Table, View } from '../view.ts'
import { readCheckpoints } from './checkpoints.ts'
import { parkedStreams } from './parked.ts'
import type { Position } from './replayed.ts'
import { stateHasher, type TableRows, tableNames } from './state-hash.ts'
import { inTransaction, type Tx } from './transaction.ts'
import { quoted } from './view-tables.ts'

/** What a view holds and how far it had read when that was looked at; `parked` = streams that wait, so that it is no fold of all facts. */
export type ViewState = {
  readonly version: number
  readonly positions: readonly Position[]
  readonly parked: number
  readonly rows: number
  readonly hash: string
}

const pageSize = 2_000

/** The state hash of a running view and the positions it stands at, of one moment. Reads every row, in constant memory. */
export const stateOf = async (pool: Pool, view: View): Promise<ViewState> => {
  const hasher = stateHasher()
  let rows = 0
  const at = await visit(pool, view, {
    table: hasher.table,
    row: (_, row) => {
      hasher.row(row)
      rows += 1
    },
  })
  return { ...at, rows, hash: hasher.digest() }
}

/** All rows of a running view and the positions it stands at, of one moment. */
export const rowsOf = async (pool: Pool, view: View): Promise<{ readonly positions: readonly Position[]; readonly rows: TableRows }> => {
  const rows = new Map<string, Row[]>(tableNames(view).map((name) => [name, []]))
  const { positions } = await visit(pool, view, { table: () => {}, row: (name, row) => void rows.get(name)?.push(row) })
  return { positions, rows }
}

type Visitor = { readonly table: (name: string) => void; readonly row: (table: string, row: Row) => void }

const visit = (pool: Pool, view: View, visitor: Visitor): Promise<Pick<ViewState, 'version' | 'positions' | 'parked'>> =>
  inTransaction(pool, async (tx) => {
    // One snapshot for the rows and the positions.
    await tx.query('set transaction isolation level repeatable read read only')
    const active = await tx.query<{ schema: string; version: number }>(`select schema, version from views where name = $1 and state = 'active'`, [view.name])
    const [build] = active.rows
    if (build?.version !== view.version) throw new Error(`${view.name} is shown in another version than ${view.version}`)
    const { schema, version } = build
    const positions = (await readCheckpoints(tx, schema)).map(({ service, shard, position }) => ({ service, shard, position })).sort(inOrder)
    const parked = (await parkedStreams(tx, schema)).size
    for (const name of tableNames(view)) {
      visitor.table(name)
      await visitTable(tx, schema, name, view.tables[name] as Table, (row) => visitor.row(name, row))
    }
    return { version, positions, parked }
  })

const inOrder = (one: Position, other: Position): number => (one.service === other.service ? one.shard - other.shard : one.service < other.service ? -1 : 1)

const visitTable = async (tx: Tx, schema: string, name: string, table: Table, row: (row: Row) => void): Promise<void> => {
  const order = table.key.map((column) => `t.${quoted(column)}::text collate "C"`).join(', ')
  await tx.query(`declare visited no scroll cursor for select row_to_json(t) as row from ${quoted(schema)}.${quoted(name)} t order by ${order}`)
  for (;;) {
    const { rows } = await tx.query<{ row: Row }>(`fetch ${pageSize} from visited`)
    for (const each of rows) row(each.row)
    if (rows.length < pageSize) break
  }
  await tx.query('close visited')
}
