import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** A service's database, looked at as it was at one moment. `heads`: the last position of each shard that belongs to the cut. */
export type Looked = { readonly service: string; readonly client: pg.Client; readonly heads: readonly number[] }

/** How far behind its end a shard is searched for the moment of the cut; more than can be on its way at once. */
const onTheWay = 5_000
const attempts = 40
const pauseMs = 250

/**
 * Opens every service's database at one moment. No fact is in the cut without what it came from: all of it was recorded before the moment.
 * The installation may run; it is looked at again while deadlines already know facts that are not in the cut. Whoever calls ends the clients.
 */
export const openCut = async (urls: ReadonlyMap<string, string>): Promise<{ readonly looked: readonly Looked[]; readonly end: () => Promise<void> }> => {
  for (let attempt = 1; ; attempt++) {
    const clients: pg.Client[] = []
    const end = async (): Promise<void> => {
      await Promise.all(clients.map((client) => client.end()))
    }
    try {
      const moment = new Date().toISOString()
      const looked: Looked[] = []
      for (const [service, connectionString] of urls) {
        const client = new pg.Client({ connectionString, application_name: 'collegium-bundle' })
        await client.connect()
        clients.push(client)
        await client.query('begin transaction isolation level repeatable read')
        looked.push({ service, client, heads: await headsAt(client, moment) })
      }
      if (!(await runsAhead(looked))) return { looked, end }
      await end()
    } catch (error) {
      await end()
      throw error
    }
    if (attempt >= attempts) throw new Error('The installation is too busy for a bundle: stop it, or try again when fewer write')
    await sleep(pauseMs)
  }
}

const headsAt = async (client: pg.Client, moment: string): Promise<number[]> => {
  const { rows } = await client.query<{ head: string }>(
    `select coalesce((
       select min(late.position) - 1 from events late
        where late.shard = s.shard and late.position > s.last_position - $2 and (late.bytes::json ->> 'recorded') > $1
     ), s.last_position) as head from shards s order by s.shard`,
    [moment, onTheWay],
  )
  return rows.map(({ head }) => Number(head))
}

/** Whether a service's deadlines rest on facts beyond the cut: they stand in a table that knows no positions. */
const runsAhead = async (looked: readonly Looked[]): Promise<boolean> => {
  const heads = new Map(looked.map((each) => [each.service, each.heads]))
  for (const { client } of looked) {
    const { rows } = await client.query<{ service: string; shard: number; position: string }>(
      `select service, shard, max(position) as position from checkpoints where consumer like 'deadlines:%' group by 1, 2`,
    )
    if (rows.some(({ service, shard, position }) => Number(position) > (heads.get(service)?.[shard] ?? 0))) return true
  }
  return false
}
