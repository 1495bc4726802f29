import type pg from 'pg'
import { audit } from '../../services/audit/src/app.ts'
import type { Files } from '../../services/audit/src/log/files.ts'
import { intake } from '../../services/audit/src/log/intake.ts'
import type { Aggregate } from '../../shared/src/aggregate.ts'
import type { Consumer, ConsumerState } from '../../shared/src/consume/consumer.ts'
import { consumption } from '../../shared/src/consume/consumption.ts'
import { deadlineConsumer, runDeadlines } from '../../shared/src/consume/deadlines.ts'
import { type Execute, reactionConsumer } from '../../shared/src/consume/reactions.ts'
import { runViews } from '../../shared/src/consume/views.ts'
import type { Directory } from '../../shared/src/directory.ts'
import { factsOf } from '../../shared/src/erasure/facts.ts'
import { type Handle, handler, systemActor } from '../../shared/src/handle.ts'
import { happenedBy } from '../../shared/src/happened.ts'
import { eventTablesLog } from '../../shared/src/log/embedded.ts'
import { routedLog } from '../../shared/src/log/kafka-log.ts'
import { startRelay } from '../../shared/src/log/relay.ts'
import type { Log, Sink } from '../../shared/src/log.ts'
import type { Kernel, Service } from '../../shared/src/service.ts'
import { stateCache } from '../../shared/src/state-cache.ts'
import { openStore, type Store } from '../../shared/src/store/store.ts'
import type { SimulatedBus } from './bus.ts'
import { runSequencer, type Sequencer } from './log.ts'
import type { Place } from './place.ts'
import { probe } from './probe.ts'

/** What a running process shows to its clients and to who checks it. */
export type Process = {
  readonly store: Store
  readonly handle: Handle
  /** How far its consumers are. */
  readonly states: () => readonly ConsumerState[]
  /** What it still has to do besides: to hand on, to write into the log. */
  readonly waitsFor: (heads: ReadonlyMap<string, number>) => string[]
}

/** Parts that a spec puts a fault into; each takes the right one and gives another. */
export type Planted = {
  readonly pool?: (pool: pg.Pool) => pg.Pool
  readonly sink?: (sink: Sink) => Sink
  readonly execute?: (execute: Execute) => Execute
  readonly files?: (files: Files) => Files
}

/**
 * A service as one process of it: store, handler, relay, views, reactions, deadlines and the sequencer, all as they run in production, over the
 * ports of a simulated place. HTTP, gRPC and the sign-in stay outside.
 */
export const startProcess = async (given: {
  readonly service: Service
  readonly shards: number
  readonly place: Place
  readonly bus: SimulatedBus
  /** Their owners' answers on facts. */
  readonly owners: Pick<Log, 'replay' | 'heads'>
  readonly directory: Directory
  readonly ids: () => string
  readonly planted: Planted
}): Promise<Process> => {
  const { service, shards, place, bus, directory, ids, planted } = given
  const { owner, logger } = place
  const clock = (): string => new Date().toISOString()
  const realPool = place.pool(service.name)
  const pool = planted.pool?.(realPool) ?? realPool
  const store = await openStore({ service: service.name, pool, shards, masterKey: Buffer.alloc(32, 1), definitions: factsOf(service), clock, ids })
  const own = eventTablesLog({ [service.name]: store })
  const log = routedLog(service.name, own.logOf(service.name), bus.logOf(owner, given.owners))
  const states = stateCache(store)
  let ask: unknown
  const handle = handler({
    ...{ store, states, clock, ask: () => ask, directory: () => directory, freshDirectory: async () => directory },
    receipts: { vkey: '', origin: '', sign: async () => '', signText: () => '' },
  })
  const runOwn: Execute = (command, { by, ...rest }) =>
    handle({ ...command, fingerprint: '', ...rest, occurred: command.occurred ?? rest.occurred, actor: systemActor(`${service.name}.${by}`) })
  const execute = planted.execute?.(runOwn) ?? runOwn

  const consumers = consumption({ service: service.name, pool, log, shards, logger })
  const views = await runViews({ views: service.views, pool, consumers, logger })
  for (const reaction of service.reactions) await consumers.add(reactionConsumer({ reaction, ask: () => ask, execute, logger }))
  for (const declared of service.deadlines) await consumers.add(deadlineConsumer(declared))
  let taken = (): void => {}
  const further: Consumer[] = [probe(place.sources), ...(service === sequencing ? [intake(place.sources, () => taken())] : [])]
  for (const consumer of further) await consumers.add(consumer)
  const deadlines = runDeadlines({ pool, aggregates: service.aggregates, execute, clock, logger })

  const history = async (aggregate: Aggregate, id: string, { at, version }: { at?: string; version?: number } = {}) => {
    const facts = await store.readStream(`${aggregate.name}-${id}`, version === undefined ? {} : { toVersion: version })
    return at === undefined ? facts : happenedBy(facts, at)
  }
  const seen: Kernel['seen'] = async ({ service: source, shard, position }) => {
    if (!(await views.waitFor({ service: source, shard }, position, 10_000))) throw new Error(`${source}/${shard}/${position} is not to be seen`)
  }
  const kernel: Partial<Kernel> = {
    ...{ name: service.name, now: clock, directory: () => directory, query: views.query, history, seen, secret: () => Buffer.alloc(32, 2) },
    load: async (aggregate, id) => ({ id, ...(await states.load(aggregate, id)) }),
    caughtUp: async () => {
      for (const [shard, position] of await store.heads()) await seen({ service: service.name, shard, position })
    },
  }
  ask = service.ask(kernel as Kernel)

  const sink = bus.sinkOf(owner)
  const relay = await startRelay({ service: service.name, pool, tables: store, sink: planted.sink?.(sink) ?? sink, logger })
  await consumers.start()
  deadlines.start()
  let sequencer: Sequencer | null = null
  if (service === sequencing) {
    sequencer = runSequencer(place)
    taken = sequencer.wake
  }

  return {
    store,
    handle,
    states: consumers.states,
    waitsFor: (heads) => [
      ...relay.state().flatMap(({ shard, unsent }) => (unsent > 0 ? [`the relay of shard ${shard} has ${unsent} to send`] : [])),
      ...(sequencer?.waitsFor(heads) ?? []),
    ],
  }
}

/** The audit service without its routes, its own facts and its trail: the facts on their way into the log. */
export const sequencing: Service = { ...audit, aggregates: [], views: [], ask: () => ({}) }
