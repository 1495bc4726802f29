import type { Recorded } from '../aggregate.ts'
import type { Replay } from '../log.ts'
import type { Table, View } from '../view.ts'
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
    /** Every table's rows in the order of their keys. */
    rows: (): TableRows => new Map(tableNames(view).map((name) => [name, sortedByKey(view.tables[name] as Table, tables.get(name)?.values() ?? [])])),
  }
}

/** The rows of a view after these facts: what the running view must hold, byte for byte. */
export const foldView = (view: View, events: readonly Recorded[]): TableRows => {
  const fold = viewFold(view)
  fold.take(events)
  return fold.rows()
}

/** The rows of a view as of positions, folded anew from the owners' history. */
export const refoldView = async (view: View, positions: readonly Position[], replay: Replay): Promise<TableRows> => {
  const fold = viewFold(view)
  for await (const facts of replayed(positions, replay)) fold.take(facts)
  return fold.rows()
}
