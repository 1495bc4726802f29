import type { Recorded } from '@collegium/shared/aggregate.ts'
import type { Consumer } from '@collegium/shared/consume/consumer.ts'
import { allOf, type Tx } from '@collegium/shared/consume/transaction.ts'
import { entryOf, leafOf } from '@collegium/shared/evidence/entry.ts'

type Head = { version: number; leaf: string }
type Fact = {
  service: string
  shard: number
  position: number
  stream: string
  version: number
  logs: string
  leaf: string
  entry: string
  fault: string | null
}

/** The logs that a fact belongs to, by their short names. */
export const logsOf = ({ type }: { readonly type: string }): string[] => (type.includes('.record-read.v') ? ['events', 'reads'] : ['events'])

const intakeLock = 7_226_001

/** Until the end of this transaction, nobody else takes facts. */
export const loneIntake = async (tx: Tx): Promise<void> => void (await tx.query('select pg_advisory_xact_lock($1)', [intakeLock]))

/** Every fact of these services, of whatever type: into the table of what the logs still have to say, in the transaction of its checkpoint. */
export const intake = (services: readonly string[], taken: () => void): Consumer => ({
  name: 'log',
  types: 'all',
  services,
  batch: 2_000,
  effects: (facts) => (tx) => takeFacts(tx, facts),
  committed: taken,
})

/** Chains facts to their streams and stores them. One that does not continue its stream is stored with what is wrong, and without an entry. */
export const takeFacts = async (tx: Tx, events: readonly Recorded[]): Promise<void> => {
  // Who takes facts anew changes what later ones continue: the heads are read once nobody does.
  const alone = tx.query({ name: 'log-intake', text: 'select pg_advisory_xact_lock_shared($1)', values: [intakeLock] })
  const [, heads] = await allOf([alone, headsOf(tx, events)])
  const facts = events.map((event) => factOf(event, heads))
  const sources = tx.query({
    name: 'log-sources',
    text: 'insert into sources (service, shard) select * from unnest($1::text[], $2::smallint[]) on conflict do nothing',
    values: columnsOf([...new Map(events.map((event) => [`${event.service}/${event.shard}`, event])).values()], ['service', 'shard']),
  })
  const stored = tx.query({
    name: 'log-facts',
    text: `insert into facts (service, shard, position, stream, version, logs, leaf, entry, fault)
           select service, shard, position, stream, version, string_to_array(logs, ','), leaf, entry, fault
           from unnest($1::text[], $2::smallint[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[])
                as f(service, shard, position, stream, version, logs, leaf, entry, fault)`,
    values: columnsOf(facts, ['service', 'shard', 'position', 'stream', 'version', 'logs', 'leaf', 'entry', 'fault']),
  })
  await allOf([sources, stored])
}

const factOf = (event: Recorded, heads: Map<string, Head>): Fact => {
  const { service, shard, position, stream, version } = event
  const key = `${service} ${stream}`
  const head = heads.get(key) ?? { version: 0, leaf: '' }
  const logs = logsOf(event).join()
  if (version !== head.version + 1) {
    const fault = `${service}/${stream} goes on with version ${version} after ${head.version}`
    return { service, shard, position, stream, version, logs, leaf: '', entry: '', fault }
  }
  const entry = entryOf(event.bytes, head.leaf)
  const leaf = leafOf(entry)
  heads.set(key, { version, leaf })
  return { service, shard, position, stream, version, logs, leaf, entry, fault: null }
}

const headsOf = async (tx: Tx, events: readonly Recorded[]): Promise<Map<string, Head>> => {
  const { rows } = await tx.query<{ service: string; stream: string; version: string; leaf: string }>({
    name: 'log-heads',
    text: `select w.service, w.stream, h.version, h.leaf
           from (select distinct * from unnest($1::text[], $2::text[]) as u(service, stream)) w
           cross join lateral (
             select f.version, f.leaf from facts f
             where f.service = w.service and f.stream = w.stream and f.fault is null order by f.version desc limit 1
           ) h`,
    values: columnsOf(events, ['service', 'stream']),
  })
  return new Map(rows.map(({ service, stream, version, leaf }) => [`${service} ${stream}`, { version: Number(version), leaf }]))
}

const columnsOf = <Row extends object>(rows: readonly Row[], names: readonly (keyof Row)[]): unknown[][] => names.map((name) => rows.map((row) => row[name]))
