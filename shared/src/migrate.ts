import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { Pool } from 'pg'

/** One process migrates a database at a time; the number is any that nothing else here locks. */
const migrationLock = 7_246_110

/**
 * Applies the numbered SQL files of a folder that were not applied yet, each together with its record in one transaction. Throws when a file that was applied
 * has changed since: a released migration is never edited, the next change is a new file.
 */
export const migrate = async (pool: Pool, folder: URL, name: string): Promise<void> => {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    // A service that may not make tables finds it made.
    const { rows } = await client.query<{ there: boolean }>("select to_regclass('migrations') is not null as there")
    if (!rows[0]?.there)
      await client.query(
        'create table if not exists migrations (name text, file text, checksum text not null, applied_at timestamptz not null default now(), primary key (name, file))',
      )
    const applied = new Map(
      (await client.query<{ file: string; checksum: string }>('select file, checksum from migrations where name = $1', [name])).rows.map((row) => [
        row.file,
        row.checksum,
      ]),
    )
    for (const file of readdirSync(folder)
      .filter((each) => each.endsWith('.sql'))
      .sort()) {
      const sql = readFileSync(new URL(file, folder), 'utf8')
      const checksum = createHash('sha256').update(sql).digest('hex')
      if (applied.get(file) === checksum) continue
      if (applied.has(file)) throw new Error(`${name}/${file} was applied and has been edited since: put the change into a new file`)
      await client.query('begin')
      await client.query(sql)
      await client.query('insert into migrations (name, file, checksum) values ($1, $2, $3)', [name, file, checksum])
      await client.query('commit')
    }
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => {})
    client.release()
  }
}
