import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** The Postgres of the run: what the global setup started, or the one the environment names. */
export const postgresUrl = (): string => {
  const url = process.env.COLLEGIUM_POSTGRES_URL
  if (url === undefined) throw new Error('COLLEGIUM_POSTGRES_URL is not set: the specs are run by vitest, whose global setup starts a Postgres')
  return url
}

/** A database of its own for one spec file, gone after `drop`. */
export const testDatabase = async (max = 10): Promise<{ pool: pg.Pool; url: string; drop: () => Promise<void> }> => {
  const admin = new pg.Client({ connectionString: postgresUrl() })
  await admin.connect()
  const name = `test_${randomBytes(6).toString('hex')}`
  await admin.query(`create database ${name}`)
  const url = new URL(postgresUrl())
  url.pathname = `/${name}`
  const pool = new pg.Pool({ connectionString: url.toString(), max })
  pool.on('error', () => {})
  return {
    pool,
    url: url.toString(),
    drop: async () => {
      await pool.end()
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}
