import pg from 'pg'
import type { Engine, Environment } from './engine.ts'
import type { GoOn } from './stand-still.ts'

export type PostgresOptions = {
  /** Folder of the data; kept, and opened again by the next start. Without it a temporary folder is used and removed at the end. */
  readonly dir?: string
  readonly port?: number
  /** Writes reach the disk before they are acknowledged. Default: only with `dir`. */
  readonly durable?: boolean
  /** Further settings, e.g. `{ max_connections: 400 }`. */
  readonly settings?: Readonly<Record<string, string | number>>
  readonly environment?: Environment
  /** What the server's program gets besides; for one that is a program of this machine. */
  readonly serverEnvironment?: Environment
  /** Told where the engine was found, once. */
  readonly say?: (line: string) => void
}

export type Postgres = Engine & {
  /** Every process of the server stands still, for some seconds at most. */
  readonly freeze: () => Promise<GoOn>
  /** As a crash: every process of the server ends at once, nothing is flushed. */
  readonly kill: () => Promise<void>
  /** Stops it if it runs, and starts it again on the same port with the same data. */
  readonly restart: () => Promise<void>
}

export const fastSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** The settings of a server started here, in a container or not. */
export const postgresSettings = (options: PostgresOptions): Record<string, string | number> => ({
  shared_buffers: '64MB',
  max_connections: 200,
  timezone: 'UTC',
  ...((options.durable ?? options.dir !== undefined) ? {} : fastSettings),
  ...options.settings,
})

/** Resolves when the server at the address answers a query. */
export const askPostgres = async (address: string): Promise<void> => {
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 3_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('SELECT 1')
  } finally {
    await client.end()
  }
}

/**
 * How a cluster is made, in a container or not: bytewise order, Unicode's letters. The C library's ctype matters too, because pg_trgm
 * takes no Chinese character for a letter under plain `C`; macOS has another name for it.
 */
export const initdbArguments = (ctype = 'C.UTF-8'): string[] => [
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  `--lc-ctype=${ctype}`,
]
