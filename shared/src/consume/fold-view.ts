import type { Recorded } from '../aggregate.ts'
import type { Replay } from '../log.ts'
import type { Row, Table, View } from '../view.ts'
import { type Position, replayed } from './replayed.ts'
import { foldOperations, operationsOf, type Rows } from './rows.ts'
import { sortedByKey, type TableRows, tableNames } from './state-hash.ts'

/** A view being folded in memory, run by run; `rows` may be asked at any time. */
export const viewFold = (view: View) => {
  const operations = operationsOf(view)
  const tables = new Map<string, Rows>()
  return {
    take: (events: readonly Recorded[]): void => {
      foldOperations(view, operations(events), tables)
    },
    /** Every table's rows in the order of their keys, without the texts of people who were erased. */
    rows: (erased: ReadonlySet<string> = new Set()): TableRows =>
      new Map(tableNames(view).map((name) => [name, sortedByKey(view.tables[name] as Table, cleared(view, name, tables.get(name)?.values() ?? [], erased))])),
  }
}

/** The rows of a view after these facts: what the running view must hold, byte for byte. */
export const foldView = (view: View, events: readonly Recorded[]): TableRows => {
  const fold = viewFold(view)
  fold.take(events)
  return fold.rows()
}

/** The rows of a view as of positions, folded anew from the owners' history. */
export const refoldView = async (view: View, positions: readonly Position[], replay: Replay, erased?: ReadonlySet<string>): Promise<TableRows> => {
  const fold = viewFold(view)
  for await (const facts of replayed(positions, replay)) fold.take(facts)
  return fold.rows(erased)
}

/** What an erasure leaves of rows: as the running view's own clearing does it. */
const cleared = (view: View, name: string, rows: Iterable<Row>, erased: ReadonlySet<string>): Row[] => {
  const personal = view.personal?.[name]
  if (personal === undefined || erased.size === 0) return [...rows]
  return [...rows].flatMap((row) => {
    if (!erased.has(row[personal.person] as string)) return [row]
    return personal.clear === 'rows' ? [] : [{ ...row, ...Object.fromEntries(personal.clear.map((column) => [column, null])) }]
  })
}
