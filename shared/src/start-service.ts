import { hkdfSync, type KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { Registry } from 'prom-client'
import { confidentialReads } from './confidential.ts'
import { startConsumers } from './consume/start.ts'
import type { DirectoryReplica } from './directory-client.ts'
import type { Clients } from './grpc/client.ts'
import type { Answers } from './grpc/server.ts'
import { grantOrRefuse, handler, systemActor } from './handle.ts'
import { happenedBy } from './happened.ts'
import { mountAggregate } from './http/commands.ts'
import { waitForDirectory } from './http/known-directory.ts'
import { factsAt } from './http/moment-text.ts'
import { waitForPositions } from './http/positions.ts'
import { actorOf, buildApp } from './http/server.ts'
import type { RelayState } from './log/relay.ts'
import type { Log } from './log.ts'
import type { Logger } from './logger.ts'
import { migrate } from './migrate.ts'
import { observePool } from './overload/query-in-time.ts'
import type { OverloadSettings } from './overload/settings.ts'
import type { Receipts } from './receipts.ts'
import type { Kernel, Moment, Service, Work } from './service.ts'
import { stateCache } from './state-cache.ts'
import { observeHistory } from './store/history-alarms.ts'
import type { Store } from './store/store.ts'

/** Longer than a view lags, shorter than anybody waits for a parked fact. */
const seenMs = 10_000

/** What a process gives each of its services; the two forms differ only in who makes these. */
export type Engines = {
  readonly pool: pg.Pool
  readonly store: Store
  /** Facts of other services, and of this one. */
  readonly log: Log
  readonly clients: Clients
  readonly directory: DirectoryReplica
  readonly actorKey: KeyObject
  readonly masterKey: Buffer
  readonly receipts: Receipts
  /** Opens a pool on one of the service's further databases. */
  readonly database: (name: string) => pg.Pool
  /** The environment, for what a service reads itself. */
  readonly settings: Readonly<Record<string, string | undefined>>
  readonly clock: () => string
  readonly logger: Logger
  readonly metrics: Registry
  /** How much it takes on; absent where a gateway in the same process guards the door. */
  readonly overload?: OverloadSettings
  /** What waits to go out to Kafka; absent where readers follow the tables. */
  readonly relay?: () => readonly RelayState[] | null
}

export type Running = {
  readonly app: FastifyInstance
  readonly answers: readonly Answers[]
  /** Starts reading the log; after every service's questions can be answered. */
  readonly consume: () => Promise<void>
  readonly close: () => Promise<void>
}

/** The tables of the kernel and of the service itself, in its own database. */
export const migrateService = async (pool: pg.Pool, name: string): Promise<void> => {
  await migrate(pool, new URL('./store/migrations/', import.meta.url), 'store')
  await migrate(pool, new URL('./consume/migrations/', import.meta.url), 'consume')
  const own = new URL(`../../services/${name}/migrations/`, import.meta.url)
  if (existsSync(own)) await migrate(pool, own, name)
}

/** Puts a service together: commands, reads, views, reactions, deadlines, routes and answers, from its declaration. */
export const startService = async (service: Service, engines: Engines): Promise<Running> => {
  const { store, directory, clock, logger } = engines
  const states = stateCache(store)
  const unhook = store.onForget(states.clear)
  const byName = new Map(service.aggregates.map((aggregate) => [aggregate.name, aggregate]))
  let ask: unknown
  const handle = handler({ store, states, ask: () => ask, directory: directory.current, freshDirectory: directory.fresh, clock, receipts: engines.receipts })
  const execute: Kernel['execute'] = (own, given) =>
    handle({
      aggregate: own.aggregate,
      command: own.command,
      id: own.id,
      input: own.input,
      actor: given.actor,
      commandId: given.commandId,
      fingerprint: '',
      occurred: own.occurred,
      reason: own.reason,
      correlation: given.correlation,
      causation: given.causation,
    })

  const work: Work | undefined = await service.work?.(engines)
  const consumers = await startConsumers({
    service,
    further: work?.consumers ?? [],
    pool: engines.pool,
    log: engines.log,
    store,
    metrics: engines.metrics,
    ...(engines.relay ? { relay: engines.relay } : {}),
    logger,
    clock,
    ask: () => ask,
    execute: (own, given) => execute({ ...own, occurred: own.occurred ?? given.occurred }, { actor: systemActor(`${service.name}.${given.by}`), ...given }),
  })

  const kernel: Kernel = {
    name: service.name,
    now: clock,
    directory: directory.current,
    load: async (aggregate, id, moment) => {
      if (moment?.at === undefined && moment?.version === undefined && moment?.position === undefined) {
        const { state, version, unit } = await states.load(aggregate, id)
        return { id, state, version, unit }
      }
      const facts = await history(aggregate.name, id, moment)
      return {
        id,
        state: facts.reduce((state, fact) => aggregate.evolve(state, fact), aggregate.initial()),
        version: facts.at(-1)?.version ?? 0,
        unit: facts.at(-1)?.unit ?? null,
      }
    },
    history: (aggregate, id, moment) => history(aggregate.name, id, moment),
    secret: (purpose) => Buffer.from(hkdfSync('sha256', engines.masterKey, 'collegium', `${service.name} ${purpose}`, 32)),
    query: consumers.query,
    seen: async ({ service: source, shard, position }) => {
      if (!(await consumers.waitFor(source, shard, position, seenMs)))
        throw new Error(`The views of ${service.name} have not reached ${source}/${shard}/${position}`)
    },
    caughtUp: async () => {
      for (const [shard, position] of await store.heads()) await kernel.seen({ service: service.name, shard, position })
    },
    onChange: consumers.onChange,
    client: engines.clients.client,
    allow: async (actor, permission, unit) =>
      void (await grantOrRefuse({ directory: directory.current, freshDirectory: directory.fresh }, actor, permission, unit, clock())),
    unitsWhere: (actor, permission, within) => directory.current().unitsWhere(actor, permission, clock(), within),
    actorOf,
    confidential: confidentialReads({
      service: service.name,
      store,
      clock,
      grant: (actor, permission, unit) => grantOrRefuse({ directory: directory.current, freshDirectory: directory.fresh }, actor, permission, unit, clock()),
    }),
    execute,
  }
  const history = async (name: string, id: string, { at, version, position }: Moment = {}) => {
    const all = await store.readStream(`${name}-${id}`, version === undefined ? {} : { toVersion: version })
    const facts = position === undefined ? all : factsAt(all, position)
    return at === undefined ? facts : happenedBy(facts, at)
  }
  ask = service.ask(kernel)
  if (byName.size !== service.aggregates.length) throw new Error(`${service.name} declares two aggregates of one name`)

  let isKnown = false
  void directory.ready.then(() => {
    isKnown = true
  })
  const app = await buildApp({
    name: service.name,
    logger,
    actorKey: engines.actorKey,
    metrics: engines.metrics,
    ...(engines.overload ? { overload: engines.overload } : {}),
    ready: async () => ({
      database: await answers(engines.pool),
      directory: isKnown,
      consumers: consumers.healthy(),
    }),
  })
  const unobserve = observePool(engines.metrics, service.name, engines.pool)
  const unwatch = observeHistory(engines.metrics, service.name, engines.pool, logger)
  waitForDirectory(app, directory.ready)
  waitForPositions(app, consumers.waitFor)
  for (const aggregate of service.aggregates) mountAggregate(app, aggregate, { kernel, handle })
  service.routes?.(app, kernel, work)
  consumers.mountOperations(app, kernel)
  if (service.views.length > 0) consumers.mountViewsAsOf(app, kernel)
  await app.ready()

  return {
    app,
    answers: service.answers?.(kernel) ?? [],
    consume: async () => {
      await consumers.start()
      await work?.start(kernel)
    },
    close: async () => {
      await app.close()
      unobserve()
      unwatch()
      await work?.close()
      await consumers.close()
      unhook()
    },
  }
}

const answers = (pool: pg.Pool): Promise<boolean> =>
  pool.query('select 1').then(
    () => true,
    () => false,
  )
