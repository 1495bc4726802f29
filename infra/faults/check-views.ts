import type pg from 'pg'
import { refoldView } from '../../shared/src/consume/fold-view.ts'
import { hashOfRows, tableNames } from '../../shared/src/consume/state-hash.ts'
import { rowsOf } from '../../shared/src/consume/view-state.ts'
import type { Replay } from '../../shared/src/log.ts'
import { canonical } from '../../shared/src/store/canonical.ts'
import { openStore, type Store } from '../../shared/src/store/store.ts'
import type { Table, View } from '../../shared/src/view.ts'
import { services } from '../services.ts'
import { type Finding, finding } from './finding.ts'

type Given = { readonly pool: (service: string) => pg.Pool; readonly shards: number; readonly masterKey: Buffer }

/** Every view of every service, byte by byte, against a fold of history up to where it stands; facts that it has parked are in neither. */
export const checkViews = async ({ pool, shards, masterKey }: Given): Promise<Finding[]> => {
  const stores = new Map<string, Store>()
  for (const { name: service } of services)
    stores.set(service, await openStore({ service, pool: pool(service), shards, masterKey, definitions: [], clock: () => '' }))
  const found: Finding[] = []
  for (const service of services)
    for (const view of service.views) {
      const parked = await parkedOf(pool(service.name), view)
      const replay: Replay = async (source, after, limit) => {
        const facts = await (stores.get(source.service) as Store).readShard(source.shard, after, limit, { open: source.service === service.name })
        // A view is given what it can take: a position is all that is left of the others.
        return facts.map((fact) => (parked.has(`${fact.service}/${fact.shard}/${fact.position}`) ? { ...fact, type: 'faults.parked.v1' } : fact))
      }
      const { positions, rows } = await rowsOf(pool(service.name), view)
      const folded = await refoldView(parked.size > 0 ? { ...view, ...withoutOthers(view) } : view, positions, replay)
      if (hashOfRows(view, rows) === hashOfRows(view, folded)) continue
      found.push(finding('view', `${service.name}/${view.name} is no fold of history: ${difference(view, rows, folded)}`))
    }
  await Promise.all([...stores.values()].map((store) => store.close()))
  return found
}

/** What a view has parked, left out or not, as service/shard/position. */
const parkedOf = async (pool: pg.Pool, view: View): Promise<Set<string>> => {
  const { rows } = await pool.query<{ place: string }>(
    `select p.service || '/' || p.shard || '/' || p.position as place from parked p join views v on v.schema = p.consumer where v.name = $1 and v.state = 'active'`,
    [view.name],
  )
  return new Set(rows.map(({ place }) => place))
}

/** The stand-in for a parked fact is of a type that nobody may handle, not even the view that handles all. */
const withoutOthers = ({ others }: View): Partial<View> =>
  others ? { others: { ...others, handle: (event) => (event.type === 'faults.parked.v1' ? [] : others.handle(event)) } } : {}

type Rows = Awaited<ReturnType<typeof rowsOf>>['rows']

/** The first rows that differ, for people. */
const difference = (view: View, running: Rows, folded: Rows): string => {
  const told: string[] = []
  for (const name of tableNames(view)) {
    const { key } = view.tables[name] as Table
    const keyed = (rows: Rows) => new Map((rows.get(name) ?? []).map((row) => [key.map((column) => String(row[column])).join('|'), canonical(row)]))
    const [is, should] = [keyed(running), keyed(folded)]
    for (const at of new Set([...is.keys(), ...should.keys()]))
      if (is.get(at) !== should.get(at)) told.push(`${name} ${at} is ${is.get(at) ?? 'missing'}, should be ${should.get(at) ?? 'missing'}`)
  }
  return `${told.length} rows differ; ${told.slice(0, 2).join('; ')}`.slice(0, 1_200)
}
