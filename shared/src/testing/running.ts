import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { Client } from '@grpc/grpc-js'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { Registry } from 'prom-client'
import { signActorToken } from '../actor-token.ts'
import type { Actor, Recorded } from '../aggregate.ts'
import type { Snapshot } from '../directory.ts'
import type { Answers } from '../grpc/server.ts'
import { newId } from '../ids.ts'
import { makeLogger } from '../logger.ts'
import { runTogether } from '../run-together.ts'
import type { Kernel, Service } from '../service.ts'
import type { Store } from '../store/store.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { evidenceFolder } from './evidence.ts'
import { membershipAnswers, peersOf } from './peers.ts'

/** Who sends a request; nobody when null. */
export type As = Partial<Omit<Actor, 'system'>> | null
export const operator: As = { operator: true }

export type Answer = { readonly status: number; readonly body: any; readonly headers: Readonly<Record<string, unknown>> }

/**
 * Services as they really run, each on a database of its own in the run's Postgres, with the log, the directory and gRPC between them, but
 * without a gateway. Whom they know besides is there too: membership, answering from the `organization` that a spec makes up, and peers that
 * give the `answers` of the spec and whose facts it feeds. The clock is that of the machine, and may be moved forward.
 */
export const runServices = async (
  services: readonly Service[],
  given: {
    readonly organization?: Snapshot
    /** The campuses of people, for who asks membership. */
    readonly campuses?: Readonly<Record<string, string>>
    /** `{ activities: [{ definition, implementation }] }` */
    readonly answers?: Readonly<Record<string, readonly Answers[]>>
    /** What services read of the environment themselves, besides where their log is. */
    readonly settings?: Readonly<Record<string, string>>
  } = {},
) => {
  const answers: Record<string, readonly Answers[]> = { ...given.answers }
  if (given.organization) answers.membership = membershipAnswers(given.organization, given.campuses ?? {})
  const tested = services.map((each) => ({ ...each, answers: (kernel: Kernel) => answers[each.name] ?? each.answers?.(kernel) ?? [] }))
  const all = [...tested, ...peersOf(services, answers)]
  const databases = new Map<string, TestDatabase>()
  const names = all.flatMap(({ name, databases: further = [] }) => [name, ...further.map((each) => `${name}_${each}`)])
  await Promise.all(names.map(async (name) => databases.set(name, await testDatabase(8))))
  const evidence = evidenceFolder()
  const { privateKey } = generateKeyPairSync('ed25519')
  const masterKey = randomBytes(32)
  let ahead = 0
  const now = (): string => new Date(Date.now() + ahead).toISOString()
  const start = () =>
    runTogether(all, {
      poolOf: (name) => (databases.get(name) as TestDatabase).openPool(),
      shards: 4,
      masterKey,
      receipts: evidence.receipts,
      settings: { ...evidence.settings, ...given.settings },
      actorKey: createPublicKey(privateKey),
      clock: now,
      logger: makeLogger('spec', process.env.SPEC_LOG ?? 'silent'),
      metrics: new Registry(),
    })
  let together = await start()

  const known = <T>(found: T | undefined, service: string): T => {
    if (found === undefined) throw new Error(`${service} is not among ${[...databases.keys()].join(', ')}`)
    return found
  }
  const app = (service: string): FastifyInstance => known(together.running.get(service), service).app
  const store = (service: string): Store => known(together.stores.get(service), service)
  const pool = (service: string): pg.Pool => known(together.pools.get(service), service)
  const token = (as: NonNullable<As>): string =>
    signActorToken({ person: null, home: null, operator: false, scope: null, ...as, session: 'spec' }, privateKey, { seconds: 3_600 })

  /** A spec reads what it has written: as a client does that hands on the positions of its commands. */
  const written = async (): Promise<Record<string, string>> => {
    const heads = await Promise.all(
      [...together.stores].map(async ([service, each]) => [...(await each.heads())].map(([shard, position]) => `${service}/${shard}/${position}`)),
    )
    return { 'collegium-position': heads.flat().join() }
  }

  return {
    app,
    store,
    pool,
    /** The folder of the log's files, and the public key of receipts. */
    evidence: { folder: evidence.audit, receipts: evidence.receipts },
    /** What the gateway would send along for somebody. */
    token,
    /** What the services know of the organization. */
    directory: () => together.directory.current(),
    client: <C extends Client>(kind: Parameters<typeof together.clients.client<C>>[0], service: string): C => together.clients.client(kind, service),
    /** The facts of a stream, oldest first. */
    facts: (service: string, stream: string): Promise<readonly Recorded[]> => store(service).readStream(stream),
    /** Facts of a service as if it had decided them, all in one command; they occur now, in the service that their types name. */
    feed: async (
      stream: string,
      unit: string,
      events: readonly { readonly type: string; readonly data: Record<string, unknown> }[],
      command: string = newId(),
    ): Promise<void> => {
      await store(events[0]?.type.split('.')[0] ?? '').append({
        stream,
        expected: 'any',
        command: { id: command, fingerprint: '' },
        unit,
        actor: { person: null, post: null, system: 'spec' },
        correlation: command,
        causation: command,
        occurred: now(),
        reason: null,
        policies: {},
        events,
      })
    },
    /** A request to one of the services, as the gateway would forward it: `send({ person: 'li' }, 'activities', 'GET', '/activities')`. */
    send: async (
      as: As,
      service: string,
      method: 'GET' | 'POST' | 'PUT' | 'DELETE',
      url: string,
      body?: object | string,
      headers: Readonly<Record<string, string>> = {},
    ): Promise<Answer> => {
      const once = async (): Promise<Answer> => {
        const answer = await app(service).inject({
          method,
          url,
          headers: { ...(as === null ? {} : { authorization: `Bearer ${token(as)}` }), ...(method === 'GET' ? await written() : {}), ...headers },
          ...(body === undefined ? {} : { payload: body }),
        })
        const isJson = /\bjson\b/.test(String(answer.headers['content-type']))
        return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, headers: answer.headers }
      }
      // On a busy machine a view follows later than a reader is let wait for it: who reads asks again, as a client does.
      const last = Date.now() + 10_000
      for (;;) {
        const answer = await once()
        if (method !== 'GET' || answer.body?.code !== 'not-yet-seen' || Date.now() > last) return answer
      }
    },
    now,
    /** Moves the clock forward. */
    advance: (milliseconds: number): void => {
      ahead += milliseconds
    },
    /** Ends the process and starts it again on the same databases. */
    restart: async (): Promise<void> => {
      await together.close()
      together = await start()
    },
    /** Ends the process for good; its databases are gone. */
    stop: async (): Promise<void> => {
      await together.close()
      for (const each of databases.values()) await each.drop()
      evidence.remove()
    },
  }
}
export type RunningServices = Awaited<ReturnType<typeof runServices>>
