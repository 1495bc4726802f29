import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Recorded } from '../../shared/src/aggregate.ts'
import { foldView } from '../../shared/src/consume/fold-view.ts'
import { hashOfRows } from '../../shared/src/consume/state-hash.ts'
import { rowsOf } from '../../shared/src/consume/view-state.ts'
import type { Service } from '../../shared/src/service.ts'
import { decodeRecord } from '../../shared/src/store/record.ts'
import type { SimulatedBus } from './bus.ts'
import type { Sent } from './clients.ts'
import type { Finding } from './finding.ts'
import type { Ground } from './ground.ts'
import { type Checkpoint, logFindings } from './log-findings.ts'
import { ruleFindings } from './rules.ts'

type Looked = {
  readonly ground: Ground
  readonly services: readonly Service[]
  readonly journal: readonly Sent[]
  readonly shown: readonly Checkpoint[]
  readonly refused: readonly string[]
  readonly disk: ReadonlyMap<string, Uint8Array>
  readonly bus: Pick<SimulatedBus, 'hasKept'>
  /** What the processes wait for, when they did not come to rest. */
  readonly waiting: readonly string[]
}

/** Holds a world that has come to rest to its promises (I1 to I7, I9 of the promises): by its journal, its tables and the files of its log. */
export const findings = async (looked: Looked): Promise<{ found: Finding[]; facts: number; history: string }> => {
  const { ground, services, journal, waiting } = looked
  // What a process that ended had begun.
  for (const { transaction } of ground.engines.values()) await transaction.query('rollback')
  const found: Finding[] = []
  const facts: Recorded[] = []
  for (const { name } of services) facts.push(...(await factsOf(ground, name)))

  found.push(...waiting.map((what): Finding => ({ promise: 'healing', what: `it did not come to rest: ${what}` })))
  for (const fact of facts)
    if (!looked.bus.hasKept(fact, fact.position)) found.push({ promise: 'delivery', what: `${sourceOf(fact)}/${fact.position} was never handed on` })
  found.push(...orderFindings(facts), ...commandFindings(facts, journal))
  for (const service of services) {
    found.push(...(await deliveryFindings(ground, service.name, facts)))
    found.push(...(await viewFindings(ground, service, facts)))
  }
  found.push(...logFindings(facts, looked), ...ruleFindings(facts))
  const history = createHash('sha256')
    .update(facts.map((fact) => fact.bytes).join('\n'))
    .digest('hex')
    .slice(0, 16)
  return { found, facts: facts.length, history }
}

const single = (ground: Ground, name: string): pg.Client => ground.engines.get(name)?.single as pg.Client

const factsOf = async (ground: Ground, name: string): Promise<Recorded[]> =>
  (await single(ground, name).query<{ bytes: string }>('select bytes from events order by shard, position')).rows.map(({ bytes }) => decodeRecord(bytes))

const sourceOf = ({ service, shard }: { service: string; shard: number }): string => `${service}/${shard}`

/** Positions 1, 2, 3 … in each source, versions 1, 2, 3 … in each stream, in the same order. */
const orderFindings = (facts: readonly Recorded[]): Finding[] => {
  const found: Finding[] = []
  const positions = new Map<string, number>()
  const versions = new Map<string, number>()
  for (const fact of facts) {
    const [source, stream] = [sourceOf(fact), `${fact.service}/${fact.stream}`]
    const [position, version] = [(positions.get(source) ?? 0) + 1, (versions.get(stream) ?? 0) + 1]
    if (fact.position !== position) found.push({ promise: 'order', what: `${source} has position ${fact.position} where ${position} belongs` })
    if (fact.version !== version) found.push({ promise: 'order', what: `${stream} has version ${fact.version} where ${version} belongs` })
    positions.set(source, fact.position)
    versions.set(stream, fact.version)
  }
  return found
}

/** I1, I2: what was acknowledged is there as it was answered, what was refused is not, what is unknown is there once or not at all. */
const commandFindings = (facts: readonly Recorded[], journal: readonly Sent[]): Finding[] => {
  const found: Finding[] = []
  const byCommand = Map.groupBy(facts, (fact) => fact.command)
  const byPlace = new Map(facts.map((fact) => [`${fact.service}/${fact.stream}/${fact.version}`, fact]))
  for (const [command, mine] of byCommand) {
    const [first] = mine as [Recorded]
    const isOne = mine.every(
      (fact, index) => fact.stream === first.stream && fact.version === first.version + index && fact.position === first.position + index,
    )
    if (!isOne)
      found.push({ promise: 'commands', what: `${command} happened more than once: ${mine.map((fact) => `${fact.stream}/${fact.version}`).join(', ')}` })
  }
  for (const { command, name, service, outcome } of journal) {
    const mine = byCommand.get(command) ?? []
    if (outcome === 'refused' && mine.length > 0) found.push({ promise: 'commands', what: `${name} ${command} was refused and happened` })
    if (typeof outcome === 'string') continue
    const { id, version, events, position } = outcome
    if (events > 0 && mine.length !== events)
      found.push({ promise: 'commands', what: `${name} ${command} was acknowledged with ${events} facts; there are ${mine.length}` })
    if (version === 0) continue
    const last = [...byPlace.values()].find(
      (fact) =>
        fact.service === service &&
        fact.version === version &&
        fact.stream.endsWith(`-${id}`) &&
        fact.shard === position.shard &&
        fact.position === position.position,
    )
    if (!last) found.push({ promise: 'commands', what: `${name} ${command} was acknowledged at ${id}/${version}, which is not there` })
    if (last && events > 0 && last.command !== command) found.push({ promise: 'commands', what: `${name} ${command} was acknowledged at the place of another` })
  }
  return found
}

/** I3, I4: every fact took effect once in every service that follows it, in the order of its source. */
const deliveryFindings = async (ground: Ground, name: string, facts: readonly Recorded[]): Promise<Finding[]> => {
  const found: Finding[] = []
  const { rows } = await single(ground, name).query<{ service: string; shard: number; position: string }>(
    'select service, shard, position from simulation_probe order by place',
  )
  const reached = new Map<string, number>()
  for (const row of rows) {
    const source = sourceOf(row)
    const [position, before] = [Number(row.position), reached.get(source) ?? 0]
    if (position !== before + 1) found.push({ promise: 'delivery', what: `${source} took effect in ${name} at ${position} after ${before}` })
    reached.set(source, Math.max(position, before))
  }
  for (const [source, mine] of Map.groupBy(facts, sourceOf))
    if ((reached.get(source) ?? 0) !== mine.length)
      found.push({ promise: 'delivery', what: `${source} took effect in ${name} up to ${reached.get(source) ?? 0} of ${mine.length}` })
  const parked = await single(ground, name).query('select consumer, stream, error from parked')
  for (const each of parked.rows) found.push({ promise: 'delivery', what: `${name} parked ${each.stream} for ${each.consumer}: ${each.error}` })
  return found
}

/** I6: what a view shows is the fold of history. */
const viewFindings = async (ground: Ground, service: Service, facts: readonly Recorded[]): Promise<Finding[]> => {
  const found: Finding[] = []
  const client = Object.assign(ground.engines.get(service.name)?.transaction as pg.Client, { release: () => {} })
  const pool = { connect: async () => client } as unknown as pg.Pool
  for (const view of service.views) {
    const { rows } = await rowsOf(pool, view)
    const folded = foldView(view, facts)
    if (hashOfRows(view, rows) === hashOfRows(view, folded)) continue
    const different = [...folded].flatMap(([table, each]) => (JSON.stringify(each) === JSON.stringify(rows.get(table)) ? [] : [table]))
    found.push({ promise: 'views', what: `${view.name} of ${service.name} is not the fold of its facts, in ${different.join(', ')}` })
  }
  return found
}
