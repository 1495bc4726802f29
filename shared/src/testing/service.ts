import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import type pg from 'pg'
import { Registry } from 'prom-client'
import { signActorToken, verifyActorToken } from '../actor-token.ts'
import type { Actor } from '../aggregate.ts'
import { Directory, type Snapshot } from '../directory.ts'
import { clientFactory } from '../grpc/client.ts'
import { credentialsOf } from '../grpc/credentials.ts'
import { type Answers, serveGrpc } from '../grpc/server.ts'
import { historyAnswers } from '../history.ts'
import { eventTablesLog } from '../log/embedded.ts'
import type { Source } from '../log.ts'
import { makeLogger } from '../logger.ts'
import type { Service } from '../service.ts'
import { migrateService, startService } from '../start-service.ts'
import { openStore, type Store } from '../store/store.ts'
import { testDatabase } from './database.ts'

/** Units, posts, post kinds and policies for a spec, in a few words; everything is in force since the year 2000. */
export const organization = (given: {
  /** `{ fed: null, pps: 'fed', 'pps-su': 'pps' }`: unit → parent. The root is the federation, its children campuses. */
  readonly units: Readonly<Record<string, string | null>>
  /** `['p1 head pps-su']`: person, kind of post, unit. */
  readonly posts?: readonly string[]
  /** `{ head: ['activities:*'] }` */
  readonly kinds?: Readonly<Record<string, readonly string[]>>
  readonly policies?: Readonly<Record<string, number | string | boolean>>
}): Snapshot => {
  const since = '2000-01-01T00:00:00.000Z'
  const root = Object.keys(given.units).find((unit) => given.units[unit] === null) as string
  const kindOf = (unit: string) =>
    unit === root ? 'federation' : given.units[unit] === root ? 'campus' : given.units[given.units[unit] as string] === root ? 'union' : 'department'
  return {
    version: 1,
    units: Object.entries(given.units).map(([id, parent]) => ({
      id,
      kind: kindOf(id),
      name: { en: id, zh: id },
      parent,
      level: null,
      timezone: 'Asia/Shanghai',
      dissolved: null,
    })),
    holdings: (given.posts ?? []).map((words, index) => {
      const [person, kind, unit] = words.split(' ') as [string, string, string]
      return { id: `h${index}`, person, kind, unit, from: since, until: null }
    }),
    postKinds: Object.entries(given.kinds ?? {}).map(([id, permissions]) => ({ id, name: { en: id, zh: id }, permissions })),
    policies: Object.entries(given.policies ?? {}).map(([name, value]) => ({ name, unit: root, value, version: 1, from: since })),
    terms: [{ id: 'term', name: { en: 'Term', zh: '学期' }, from: '2000-01-01', to: '2100-01-01', timezone: 'Asia/Shanghai' }],
  }
}

export const person = (id: string, more: Partial<Actor> = {}): Actor => ({ person: id, home: null, operator: false, scope: null, system: null, ...more })
export const operator: Actor = person('operator', { operator: true })

/**
 * A service as it really runs, in this process: real Postgres, its own log, gRPC to the peers given. Requests go through its HTTP door
 * with a signed actor. Other services' facts come from stores in the same database server, appended by the spec (`feed`).
 */
export const startTestService = async (
  service: Service,
  given: {
    readonly organization: Snapshot
    readonly peers?: readonly Answers[]
    readonly feeds?: readonly Service['aggregates'][number][]
    readonly database?: Awaited<ReturnType<typeof testDatabase>>
    readonly clock?: () => string
  },
) => {
  const database = given.database ?? (await testDatabase())
  const logger = makeLogger(service.name, 'silent')
  const clock = given.clock ?? (() => new Date().toISOString())
  const { privateKey } = generateKeyPairSync('ed25519')
  const publicKey = createPublicKey(privateKey)
  const masterKey = Buffer.alloc(32, 7)
  await migrateService(database.pool, service.name)
  const store = await openStore({
    service: service.name,
    pool: database.pool,
    shards: 4,
    masterKey,
    definitions: service.aggregates.flatMap((aggregate) => aggregate.events),
    clock,
  })

  const foreign = await foreignStores(service, given.feeds ?? [], masterKey, clock)
  const log = eventTablesLog({ ...Object.fromEntries([...foreign.stores]), [service.name]: store })
  let directory = new Directory(given.organization)
  const credentials = credentialsOf({})
  const grpc = await serveGrpc({
    answers: [...(given.peers ?? []), historyAnswers(new Map([[service.name, store]]))],
    address: '127.0.0.1:0',
    credentials,
    verify: (token) => verifyActorToken(token, publicKey),
    log: logger,
  })
  const addresses = new Proxy({} as Record<string, string>, { get: () => grpc.address })
  const clients = clientFactory({ addresses, credentials, sign: (actor) => signActorToken({ ...actor, session: 'spec' }, privateKey) })
  const running = await startService(service, {
    pool: database.pool,
    store,
    log: log.logOf(service.name),
    clients,
    directory: { current: () => directory, fresh: async () => directory, ready: Promise.resolve(), onChange: () => () => {}, close: async () => {} },
    actorKey: publicKey,
    masterKey,
    clock,
    logger,
    metrics: new Registry(),
  })
  await running.consume()

  return {
    app: running.app,
    answers: running.answers,
    store,
    pool: database.pool as pg.Pool,
    /** Changes what the service knows of the organization. */
    reorganize: (snapshot: Snapshot): void => {
      directory = new Directory(snapshot)
    },
    /** A fact of another service, as if its log had delivered it. */
    feed: async (
      event: { type: string; data: Record<string, unknown> },
      around: { unit: string; stream: string; occurred?: string; command?: string },
    ): Promise<Source & { position: number }> => foreign.append(event, around),
    /** What the gateway would send along for an actor. */
    token: (actor: Actor): string => signActorToken({ ...actor, session: 'spec' }, privateKey, { seconds: 3_600 }),
    /** `await request(actor, 'POST', '/activities', body, headers)` → { status, body, headers }. */
    request: async (actor: Actor | null, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown, headers: Record<string, string> = {}) => {
      const answer = await running.app.inject({
        method,
        url,
        headers: { ...(actor ? { authorization: `Bearer ${signActorToken({ ...actor, session: 'spec' }, privateKey)}` } : {}), ...headers },
        ...(body === undefined ? {} : { payload: body as InjectOptions['payload'] }),
      } as InjectOptions)
      const isJson = String(answer.headers['content-type']).includes('json')
      return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, headers: answer.headers }
    },
    /** Ends the process but keeps the database, to start again on it. */
    close: async (): Promise<void> => {
      await running.close()
      await store.idle()
      log.close()
      clients.close()
      await grpc.close()
      await foreign.drop()
    },
    stop: async function (this: { close: () => Promise<void> }): Promise<void> {
      await this.close()
      await database.drop()
    },
  }
}

/** Event tables of other services, so that their facts can be fed in: each its own database. */
const foreignStores = async (service: Service, feeds: readonly Service['aggregates'][number][], masterKey: Buffer, clock: () => string) => {
  const wanted = new Map<string, import('../aggregate.ts').EventDefinition[]>()
  const listened = [
    ...service.views.flatMap((view) => view.on),
    ...service.reactions.flatMap((reaction) => reaction.on),
    ...service.deadlines.flatMap((deadlines) => deadlines.on),
  ].map((each) => each.definition)
  for (const definition of [...listened, ...feeds.flatMap((aggregate) => aggregate.events)]) {
    const name = definition.type.split('.')[0] as string
    if (name === service.name) continue
    const known = wanted.get(name) ?? []
    if (!known.some((each) => each.type === definition.type)) known.push(definition)
    wanted.set(name, known)
  }
  const stores = new Map<string, Store>()
  const databases: Awaited<ReturnType<typeof testDatabase>>[] = []
  for (const [name, definitions] of wanted) {
    const database = await testDatabase(3)
    databases.push(database)
    await migrateService(database.pool, name)
    stores.set(name, await openStore({ service: name, pool: database.pool, shards: 4, masterKey, definitions, clock }))
  }
  return {
    stores,
    append: async (event: { type: string; data: Record<string, unknown> }, around: { unit: string; stream: string; occurred?: string; command?: string }) => {
      const name = event.type.split('.')[0] as string
      const store = stores.get(name)
      if (!store) throw new Error(`${service.name} does not listen to ${name}`)
      const id = around.command ?? crypto.randomUUID()
      const placed = await store.append({
        stream: around.stream,
        expected: 'any',
        command: { id, fingerprint: '' },
        unit: around.unit,
        actor: { person: null, post: null, system: 'spec' },
        correlation: id,
        causation: id,
        occurred: around.occurred ?? clock(),
        reason: null,
        policies: {},
        events: [event],
      })
      return { service: name, shard: placed.shard, position: placed.position }
    },
    drop: async (): Promise<void> => {
      for (const database of databases) await database.drop()
    },
  }
}
