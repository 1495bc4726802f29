import type { Row, RowOperation, Table, View } from '../view.ts'
import { applyOperation, keyColumns, keyOf, tableOf } from './rows.ts'
import { allOf, type Tx } from './transaction.ts'

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** The statements that make a view's schema and tables. */
export const createTables = (view: View, schema: string): string[] => [
  `create schema ${quoted(schema)}`,
  ...Object.entries(view.tables).flatMap(([name, table]) => {
    const columns = Object.entries(table.columns).map(([column, type]) => `${quoted(column)} ${type}`)
    const at = `${quoted(schema)}.${quoted(name)}`
    return [
      `create table ${at} (${columns.join(', ')}, primary key (${table.key.map(quoted).join(', ')}))`,
      ...(table.indexes ?? []).map((index) => `create index on ${at} ${index}`),
    ]
  }),
]

type Statements = { readonly read: string; readonly remove: string; readonly write: string }

const statementsOf = (schema: string, name: string, table: Table): Statements => {
  const at = `${quoted(schema)}.${quoted(name)}`
  const columns = Object.keys(table.columns)
  const typed = (some: readonly string[]): string => some.map((column) => `${quoted(column)} ${table.columns[column]}`).join(', ')
  const sameKey = table.key.map((column) => `"#".${quoted(column)} = "#key".${quoted(column)}`).join(' and ')
  const others = columns.filter((column) => !table.key.includes(column))
  const all = columns.map(quoted).join(', ')
  const key = table.key.map(quoted).join(', ')
  // Aliases with # so that no column can be taken for one of them.
  return {
    read: `select "#key"."#n"::integer as n, row_to_json("#") as row
             from rows from (json_to_recordset($1) as (${typed(table.key)})) with ordinality as "#key"(${key}, "#n") join ${at} "#" on ${sameKey}`,
    remove: `delete from ${at} "#" using json_to_recordset($1) as "#key"(${typed(table.key)}) where ${sameKey}`,
    write: `insert into ${at} (${all}) select ${all} from json_to_recordset($1) as "#row"(${typed(columns)}) on conflict (${key}) do ${
      others.length === 0 ? 'nothing' : `update set ${others.map((column) => `${quoted(column)} = excluded.${quoted(column)}`).join(', ')}`
    }`,
  }
}

/** Postgres keeps the plan of a statement that has a name; one name a text. */
const names = new Map<string, string>()
const prepared = (text: string, rows: readonly Row[]) => {
  if (!names.has(text)) names.set(text, `view-${names.size}`)
  return { name: names.get(text) as string, text, values: [JSON.stringify(rows)] }
}

/**
 * Writes a run of row operations, in order, with at most three statements a table: reads the rows that an operation builds upon, works out
 * what becomes of each in memory, removes and writes them as sets. The caller's transaction must keep other writers out.
 */
export const tableWriter = (view: View, schema: string): ((tx: Tx, operations: readonly RowOperation[]) => Promise<void>) => {
  const statements = new Map(Object.entries(view.tables).map(([name, table]) => [name, statementsOf(schema, name, table)]))

  const write = async (tx: Tx, name: string, operations: readonly RowOperation[]): Promise<void> => {
    const table = tableOf(view, name)
    const { read, remove, write: upsert } = statements.get(name) as Statements
    const byKey = new Map<string, RowOperation[]>()
    for (const operation of operations) {
      const key = keyOf(table, keyColumns(operation))
      const before = byKey.get(key)
      if (before) before.push(operation)
      else byKey.set(key, [operation])
    }
    const found = new Map<string, Row>()
    const building = [...byKey].filter(([, [first]]) => first?.kind === 'patch' || first?.kind === 'add')
    if (building.length > 0) {
      const keys = building.map(([, [first]]) => keyColumns(first as RowOperation))
      const { rows } = await tx.query<{ n: number; row: Row }>(prepared(read, keys))
      for (const { n, row } of rows) found.set((building[n - 1] as [string, RowOperation[]])[0], row)
    }
    const written: Row[] = []
    const removed: Row[] = []
    for (const [key, each] of byKey) {
      const before = found.get(key) ?? null
      const after = each.reduce<Row | null>((row, operation) => applyOperation(table, row, operation), before)
      if (after !== null) written.push(after)
      else if (each.some((operation) => operation.kind === 'remove')) removed.push(keyColumns(each[0] as RowOperation))
    }
    await allOf([removed.length > 0 && tx.query(prepared(remove, removed)), written.length > 0 && tx.query(prepared(upsert, written))])
  }

  return async (tx, operations) => {
    await allOf([...Map.groupBy(operations, (operation) => operation.table)].map(([name, each]) => write(tx, name, each)))
  }
}
