import { inTransaction, type Tx } from '@collegium/shared/consume/transaction.ts'
import type { Pool } from 'pg'

/** A source that stands still, and why. */
export type Stopped = { readonly service: string; readonly shard: number; readonly position: number; readonly fault: string }

/** What giving places brought: how many facts were looked at, and the sources that stand still. */
export type Given = { readonly seen: number; readonly stopped: readonly Stopped[] }

type Waiting = { service: string; shard: number; position: string; mine: boolean; fault: string | null }

/** The places of facts in one log, in the database of the facts. */
export const placesOf = (pool: Pool, log: string) => ({
  /** How many places are given. */
  size: async (): Promise<number> => {
    const { rows } = await pool.query<{ size: string }>({
      name: 'log-size',
      text: 'select coalesce(max(index) + 1, 0) as size from leaves where log = $1',
      values: [log],
    })
    return Number(rows[0]?.size)
  },
  /** The entries at the places [from, to), in order. Throws where one is missing. */
  entries: async (from: number, to: number): Promise<string[]> => {
    const { rows } = await pool.query<{ index: string; entry: string }>({
      name: 'log-entries',
      text: `select l.index, f.entry from leaves l join facts f using (service, shard, position)
             where l.log = $1 and l.index >= $2 and l.index < $3 order by l.index`,
      values: [log, from, to],
    })
    if (rows.length !== to - from) throw new Error(`The log ${log} has ${rows.length} of the facts for its places ${from} to ${to}`)
    return rows.map((row) => row.entry)
  },
  /** Gives the next places to facts that have none, `most` at most, each source in its own order and all of them in turn. */
  give: (most: number): Promise<Given> =>
    inTransaction(pool, async (tx) => {
      const waiting = await waitingFacts(tx, log, most)
      const stopped = new Map<string, Stopped>()
      const reached = new Map<string, Waiting>()
      const mine: Waiting[] = []
      for (const fact of waiting) {
        const source = `${fact.service}/${fact.shard}`
        if (stopped.has(source)) continue
        if (fact.fault !== null) {
          stopped.set(source, { service: fact.service, shard: fact.shard, position: Number(fact.position), fault: fact.fault })
          continue
        }
        reached.set(source, fact)
        if (fact.mine) mine.push(fact)
      }
      await place(tx, log, mine, [...reached.values()])
      return { seen: [...reached.values()].length, stopped: [...stopped.values()] }
    }),
  /** How long the oldest fact without a place has waited, in seconds; 0 where none waits. */
  waitingSeconds: async (): Promise<number> => {
    const { rows } = await pool.query<{ seconds: string }>({
      name: 'log-waiting',
      text: `select coalesce(extract(epoch from now() - min(f.taken)), 0) as seconds from sources s
             left join cursors c on c.log = $1 and c.service = s.service and c.shard = s.shard
             cross join lateral (
               select taken from facts f where f.service = s.service and f.shard = s.shard and f.position > coalesce(c.position, 0) order by f.position limit 1
             ) f`,
      values: [log],
    })
    return Number(rows[0]?.seconds)
  },
})

export type Places = ReturnType<typeof placesOf>

/** The same number of facts from each source that has some, so that a long history of one does not keep the others waiting. */
const waitingFacts = async (tx: Tx, log: string, most: number): Promise<Waiting[]> =>
  (
    await tx.query<Waiting>({
      name: 'log-next',
      text: `with behind as (
               select s.service, s.shard, coalesce(c.position, 0) as reached from sources s
               left join cursors c on c.log = $1 and c.service = s.service and c.shard = s.shard
               where exists (select from facts f where f.service = s.service and f.shard = s.shard and f.position > coalesce(c.position, 0))
             )
             select b.service, b.shard, f.position, f.mine, f.fault from behind b
             cross join lateral (
               select f.position, $1 = any (f.logs) as mine, f.fault from facts f
               where f.service = b.service and f.shard = b.shard and f.position > b.reached order by f.position
               limit greatest(1, $2 / (select count(*) from behind))
             ) f`,
      values: [log, most],
    })
  ).rows

const place = async (tx: Tx, log: string, mine: readonly Waiting[], reached: readonly Waiting[]): Promise<void> => {
  const columns = (facts: readonly Waiting[]): unknown[][] => [
    facts.map((each) => each.service),
    facts.map((each) => each.shard),
    facts.map((each) => each.position),
  ]
  if (mine.length > 0)
    await tx.query({
      name: 'log-place',
      text: `insert into leaves (log, index, service, shard, position)
             select $1, (select coalesce(max(index) + 1, 0) from leaves where log = $1) + f.ordinal - 1, f.service, f.shard, f.position
             from unnest($2::text[], $3::smallint[], $4::bigint[]) with ordinality as f(service, shard, position, ordinal)`,
      values: [log, ...columns(mine)],
    })
  if (reached.length > 0)
    await tx.query({
      name: 'log-reach',
      text: `insert into cursors (log, service, shard, position) select $1, * from unnest($2::text[], $3::smallint[], $4::bigint[])
             on conflict (log, service, shard) do update set position = excluded.position`,
      values: [log, ...columns(reached)],
    })
}
