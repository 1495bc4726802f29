import { createHash } from 'node:crypto'
import { canonical } from '../store/canonical.ts'
import type { Row, Table, View } from '../view.ts'

/** Rows by table. */
export type TableRows = ReadonlyMap<string, readonly Row[]>

/**
 * The state hash of a view: SHA-256 over its tables in the order of their names; for each its name, then its rows in the order of their
 * keys, as canonical JSON (RFC 8785). Before each of these stand four bytes with its length in UTF-8. A row begins with a brace, a name never does.
 */
export const stateHasher = () => {
  const hash = createHash('sha256')
  const length = Buffer.alloc(4)
  const add = (text: string): void => {
    const bytes = Buffer.from(text)
    length.writeUInt32BE(bytes.length)
    hash.update(length).update(bytes)
  }
  return {
    table: (name: string): void => add(name),
    row: (row: Row): void => add(canonical(row)),
    /** base64 */
    digest: (): string => hash.digest('base64'),
  }
}

/** The names of a view's tables in the order in which they are hashed. */
export const tableNames = (view: View): string[] => Object.keys(view.tables).sort()

/** Sorted by key: each part as text, by its bytes in UTF-8, whatever the language of a database. */
export const sortedByKey = (table: Table, rows: Iterable<Row>): Row[] =>
  [...rows]
    .map((row) => ({ row, at: Buffer.from(table.key.map((column) => String(row[column])).join('\0')) }))
    .sort((one, other) => Buffer.compare(one.at, other.at))
    .map(({ row }) => row)

/** The state hash of rows, as `foldView` and `rowsOf` give them. */
export const hashOfRows = (view: View, rows: TableRows): string => {
  const hasher = stateHasher()
  for (const name of tableNames(view)) {
    hasher.table(name)
    for (const row of sortedByKey(view.tables[name] as Table, rows.get(name) ?? [])) hasher.row(row)
  }
  return hasher.digest()
}
