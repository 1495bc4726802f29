import pg from 'pg'
import { databaseOf } from './processes.ts'

/** Creates the database of each named service that has none yet, also beside another caller. Returns their names. */
export const createDatabases = async (address: string, services: readonly string[], prefix?: string): Promise<string[]> => {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    const names = services.map((name) => databaseOf(name, prefix))
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE datname = ANY($1)', [names])
    const existing = new Set(rows.map(({ datname }) => datname))
    for (const name of names.filter((name) => !existing.has(name))) {
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`).catch((cause) => {
        // Another caller was faster: as a duplicate, or while the catalog row was being written.
        if (cause.code !== '42P04' && cause.code !== '23505') throw cause
      })
    }
    return names
  } finally {
    await client.end()
  }
}
