import type { Pool } from 'pg'
import { dropReplaced } from '../consume/view-builds.ts'
import { quoted } from '../consume/view-tables.ts'
import type { PersonalRows, View } from '../view.ts'

/**
 * Takes the texts of everybody who was erased out of every build of a view that declares personal rows, whatever its version; builds that
 * were replaced are dropped. Doing it again does nothing.
 */
export const clearViews = async (pool: Pool, views: readonly View[]): Promise<void> => {
  for (const view of views) {
    if (view.personal === undefined) continue
    await dropReplaced(pool, view.name)
    const { rows } = await pool.query<{ schema: string; table: string; columns: string[] }>(
      `select v.schema, c.table_name as "table", array_agg(c.column_name::text) as columns
         from views v join information_schema.columns c on c.table_schema = v.schema where v.name = $1 group by 1, 2`,
      [view.name],
    )
    for (const { schema, table, columns } of rows) {
      const declared = view.personal[table]
      const statement = declared && statementFor(`${quoted(schema)}.${quoted(table)}`, declared, columns)
      if (statement) await pool.query(statement)
    }
  }
}

/** An older or a newer version may lack a column; it then has nothing there to clear. */
const statementFor = (at: string, { person, clear }: PersonalRows, columns: readonly string[]): string | null => {
  const erased = `${quoted(person)} in (select person from erased_persons)`
  if (!columns.includes(person)) return null
  if (clear === 'rows') return `delete from ${at} where ${erased}`
  const there = clear.filter((column) => columns.includes(column)).map(quoted)
  if (there.length === 0) return null
  const set = there.map((column) => `${column} = null`).join(', ')
  return `update ${at} set ${set} where ${erased} and (${there.map((column) => `${column} is not null`).join(' or ')})`
}

/**
 * The views whose builds have not yet handled all that their own service had stored when texts were destroyed: an event that was read before
 * may still be on its way into them. `heads` is the last position of each shard at that time.
 */
export const viewsBehind = async (pool: Pool, service: string, views: readonly View[], heads: ReadonlyMap<number, number>): Promise<string[]> => {
  const names = views.filter((view) => view.personal !== undefined).map((view) => view.name)
  const { rows } = await pool.query<{ schema: string }>(
    `select distinct v.schema from views v join checkpoints c on c.consumer = v.schema join unnest($3::int[], $4::bigint[]) h(shard, position) using (shard)
      where v.name = any($1) and v.state <> 'retired' and c.service = $2 and c.position < h.position`,
    [names, service, [...heads.keys()], [...heads.values()]],
  )
  return rows.map((row) => row.schema)
}
