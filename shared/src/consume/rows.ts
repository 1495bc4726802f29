import type { Recorded } from '../aggregate.ts'
import type { Row, RowOperation, Table, View } from '../view.ts'

/** Rows of a table by key, as `keyOf` writes it. */
export type Rows = Map<string, Row>

const numeric = /^(smallint|integer|int|int2|int4|int8|bigint|numeric|decimal|real|double precision|float4|float8)\b/i

export const isNumeric = (type: string): boolean => numeric.test(type)

export const tableOf = (view: View, name: string): Table => {
  const table = view.tables[name]
  if (!table) throw new Error(`View ${view.name} has no table "${name}"; it has ${Object.keys(view.tables).join(', ')}`)
  return table
}

/** The columns that name the row an operation is about. */
export const keyColumns = (operation: RowOperation): Row => (operation.kind === 'put' ? operation.row : operation.key)

/** A row's key as text. Throws where a part of the key is missing. */
export const keyOf = (table: Table, row: Row): string =>
  table.key
    .map((column) => {
      const value = row[column]
      if (value === undefined || value === null) throw new Error(`The key column "${column}" is missing`)
      return JSON.stringify(String(value))
    })
    .join()

const known = (table: Table, row: Readonly<Record<string, unknown>>): void => {
  for (const column in row)
    if (!(column in table.columns)) throw new Error(`There is no column "${column}"; there are ${Object.keys(table.columns).join(', ')}`)
}

const whole = (table: Table, row: Row, otherwise: (type: string) => unknown): Record<string, unknown> => {
  const made: Record<string, unknown> = {}
  for (const column in table.columns) made[column] = row[column] ?? otherwise(table.columns[column] as string)
  return made
}

/** What becomes of one row (null = it is not there). The only meaning of row operations: tables and memory both come from here. */
export const applyOperation = (table: Table, row: Row | null, operation: RowOperation): Row | null => {
  switch (operation.kind) {
    case 'put':
      known(table, operation.row)
      return whole(table, operation.row, () => null)
    case 'patch':
      known(table, operation.set)
      return row === null ? null : { ...row, ...operation.set }
    case 'add': {
      known(table, operation.amounts)
      const made = row === null ? whole(table, operation.key, (type) => (isNumeric(type) ? 0 : null)) : { ...row }
      for (const column in operation.amounts) made[column] = Number(made[column] ?? 0) + (operation.amounts[column] as number)
      return made
    }
    case 'remove':
      return null
  }
}

/** The operations of a view for a run of events, in order. */
export const operationsOf = (view: View): ((events: readonly Recorded[]) => RowOperation[]) => {
  const handlers = new Map<string, View['on'][number]['handle'][]>()
  const others = view.others ? [view.others.handle] : []
  for (const { definition, handle } of view.on) handlers.set(definition.type, [...(handlers.get(definition.type) ?? []), handle])
  return (events) => {
    const operations: RowOperation[] = []
    for (const event of events) for (const handle of handlers.get(event.type) ?? others) operations.push(...handle(event))
    return operations
  }
}

/** Applies operations to tables in memory, in order. */
export const foldOperations = (view: View, operations: readonly RowOperation[], tables: Map<string, Rows> = new Map()): Map<string, Rows> => {
  for (const name of Object.keys(view.tables)) if (!tables.has(name)) tables.set(name, new Map())
  for (const operation of operations) {
    const table = tableOf(view, operation.table)
    const rows = tables.get(operation.table) as Rows
    const key = keyOf(table, keyColumns(operation))
    const row = applyOperation(table, rows.get(key) ?? null, operation)
    if (row === null) rows.delete(key)
    else rows.set(key, row)
  }
  return tables
}

/** The view's tables after these events, in memory: for tests and for the past. */
export const foldRows = (view: View, events: readonly Recorded[]): Map<string, Rows> => foldOperations(view, operationsOf(view)(events))
