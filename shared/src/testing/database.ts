import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** The Postgres of the run: what the global setup started, or the one the environment names. */
export const postgresUrl = (): string => {
  const url = process.env.COLLEGIUM_POSTGRES_URL
  if (url === undefined) throw new Error('COLLEGIUM_POSTGRES_URL is not set: the specs are run by vitest, whose global setup starts a Postgres')
  return url
}

const onServer = async (sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: postgresUrl() })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

/** A database of its own for a spec, gone after `drop`; `openPool` for a second process on it. */
export const testDatabase = async (max = 10) => {
  const name = `test_${randomBytes(6).toString('hex')}`
  await onServer(`create database ${name}`)
  const url = new URL(postgresUrl())
  url.pathname = `/${name}`
  const openPool = (): pg.Pool => {
    const pool = new pg.Pool({ connectionString: url.href, max, pipeline: true })
    // Dropping the database may be quicker than a connection's own goodbye.
    pool.on('error', () => {})
    return pool
  }
  const pool = openPool()
  return {
    pool,
    url: url.href,
    openPool,
    drop: async (): Promise<void> => {
      await pool.end()
      await onServer(`drop database ${name} with (force)`)
    },
  }
}

export type TestDatabase = Awaited<ReturnType<typeof testDatabase>>
