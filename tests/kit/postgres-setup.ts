import { startPostgres } from '../../infra/engines/postgres.ts'

/** One Postgres for a run of specs, without fsync; each spec file has databases of its own in it. */
const setup = async (): Promise<(() => Promise<void>) | undefined> => {
  if (process.env.COLLEGIUM_POSTGRES_URL) return undefined
  const postgres = await startPostgres({ settings: { max_connections: 400 } })
  process.env.COLLEGIUM_POSTGRES_URL = postgres.address
  return async () => {
    delete process.env.COLLEGIUM_POSTGRES_URL
    await postgres.stop()
  }
}

// biome-ignore lint/style/noDefaultExport: vitest takes a global setup by its default export
export default setup
