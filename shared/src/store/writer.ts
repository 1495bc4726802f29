import pg from 'pg'

/** A writer that is stuck holds its shards no longer than this. */
const statementMs = 5_000
const idleMs = 10_000
/** A statement may wait for the one before it. A connection that stays silent for longer was cut off without a word. */
const silenceMs = 2 * statementMs + 1_000

/**
 * One connection for statements that follow each other: the next is already on its way while the database works on the first, and begins when
 * that has committed. Opened when it is needed, opened anew after it was lost, given back when nobody writes.
 */
export const writer = (pool: pg.Pool) => {
  let connection: Promise<pg.Client> | null = null

  const close = async (): Promise<void> => {
    const closing = connection
    connection = null
    await (await closing?.catch(() => null))?.end()
  }
  const idle = setTimeout(() => void close(), idleMs).unref()

  const open = async (): Promise<pg.Client> => {
    // The password of a pool's options cannot be enumerated.
    const { password } = pool.options
    // The driver that the pool itself connects with.
    const { Client = pg.Client } = pool as { readonly Client?: typeof pg.Client }
    const client = new Client({ ...pool.options, password, statement_timeout: statementMs, query_timeout: silenceMs, pipeline: true } as pg.ClientConfig)
    const lost = (): void => {
      connection = null
    }
    client.on('error', lost).on('end', lost)
    await client.connect()
    return client
  }

  return {
    query: async <Row extends readonly unknown[]>(statement: pg.QueryArrayConfig): Promise<Row[]> => {
      idle.refresh()
      connection ??= open().catch((error) => {
        connection = null
        throw error
      })
      const client = await connection
      return (await client.query<Row & any[]>(statement)).rows
    },
    close,
  }
}
