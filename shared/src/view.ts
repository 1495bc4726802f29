import type { AnyFact, EventDefinition, EventOf, Recorded } from './aggregate.ts'

/**
 * Read models. A view is tables, and for each event it knows a pure list of row operations. Because the operations are values, the
 * kernel merges them over a slice and writes set-based (live and rebuild alike), and anyone may fold them in memory.
 */

/** Column name → Postgres type, e.g. `{ id: 'text', title: 'jsonb', seats: 'bigint' }`. `add` needs numeric columns. */
export type Columns = Readonly<Record<string, string>>
export type Table = {
  readonly columns: Columns
  readonly key: readonly string[] /** e.g. `(unit, opens_at)` or `using gin (terms)` */
  readonly indexes?: readonly string[]
}
export type Row = Readonly<Record<string, unknown>>

export type RowOperation =
  | { readonly kind: 'put'; readonly table: string; readonly row: Row }
  | { readonly kind: 'patch'; readonly table: string; readonly key: Row; readonly set: Row }
  | { readonly kind: 'add'; readonly table: string; readonly key: Row; readonly amounts: Readonly<Record<string, number>> }
  | { readonly kind: 'remove'; readonly table: string; readonly key: Row }

/** Writes the whole row; columns left out become null. `row` holds the key too. */
export const put = (table: string, row: Row): RowOperation => ({ kind: 'put', table, row })
/** Sets some columns of a row that is there; nothing happens where it is not. */
export const patch = (table: string, key: Row, set: Row): RowOperation => ({ kind: 'patch', table, key, set })
/** Adds to counters; makes the row, with zeros, where it is not. */
export const add = (table: string, key: Row, amounts: Readonly<Record<string, number>>): RowOperation => ({ kind: 'add', table, key, amounts })
export const remove = (table: string, key: Row): RowOperation => ({ kind: 'remove', table, key })

export type Handler<Result> = { readonly definition: EventDefinition; readonly handle: (event: Recorded<any>) => Result }

/** What happens on a fact: `when(activityProposed, event => [put('activity', {...})])`. */
export const when = <D extends EventDefinition, Result>(definition: D, handle: (event: Recorded<EventOf<D>>) => Result): Handler<Result> => ({
  definition,
  handle,
})

/** What an erasure does to the rows about a person, whom the column `person` names: some columns become null, or the rows go. */
export type PersonalRows = { readonly person: string; readonly clear: readonly string[] | 'rows' }

export type View = {
  /** kebab-case, unique in its service */
  readonly name: string
  /** Raise it whenever tables or handlers change: the new one is built beside the old and flipped. */
  readonly version: number
  readonly tables: Readonly<Record<string, Table>>
  readonly on: readonly Handler<readonly RowOperation[]>[]
  /** What becomes of every other fact of these services, also of types that this build does not know. */
  readonly others?: { readonly services: readonly string[]; readonly handle: (event: AnyFact) => readonly RowOperation[] }
  /** By table. Needed wherever a handler writes a personal text; a test over all views holds them to it. */
  readonly personal?: Readonly<Record<string, PersonalRows>>
}

export const view = (declared: View): View => declared
