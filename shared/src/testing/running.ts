import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { DirectoryClient } from '@collegium/proto/collegium/membership/v1/directory.ts'
import pg from 'pg'
import { Registry } from 'prom-client'
import { signActorToken, tokenOf, verifyActorToken } from '../actor-token.ts'
import { watchDirectory } from '../directory-client.ts'
import { clientFactory } from '../grpc/client.ts'
import { credentialsOf } from '../grpc/credentials.ts'
import { serveGrpc } from '../grpc/server.ts'
import { historyAnswers } from '../history.ts'
import { eventTablesLog } from '../log/embedded.ts'
import { makeLogger } from '../logger.ts'
import type { Service } from '../service.ts'
import { migrateService, type Running, startService } from '../start-service.ts'
import { openStore, type Store } from '../store/store.ts'

/** Who sends a request; nobody when null. */
export type As = {
  readonly person: string | null
  readonly home?: string | null
  readonly operator?: boolean
  readonly scope?: readonly string[] | null
} | null
export const operator: As = { person: null, operator: true }

export type Answer = { readonly status: number; readonly body: any; readonly headers: Readonly<Record<string, unknown>> }

/**
 * For specs: services on databases of their own, with the log over the event tables, the directory and gRPC between them, without a
 * gateway. `send` gives a request to the service that is named first in it: `send(operator, 'membership', 'POST', '/units', {…})`.
 */
export const runServices = async (services: readonly Service[], clock: () => string = () => new Date().toISOString()) => {
  const server = process.env.COLLEGIUM_POSTGRES_URL
  if (server === undefined) throw new Error('COLLEGIUM_POSTGRES_URL must name a Postgres')
  const prefix = `spec_${randomBytes(5).toString('hex')}`
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()

  const logger = makeLogger('spec', process.env.SPEC_LOG ?? 'silent')
  const { privateKey } = generateKeyPairSync('ed25519')
  const actorKey = createPublicKey(privateKey)
  const masterKey = randomBytes(32)
  const pools = new Map<string, pg.Pool>()
  const stores = new Map<string, Store>()
  for (const { name, aggregates } of services) {
    await admin.query(`create database ${prefix}_${name}`)
    const url = new URL(server)
    url.pathname = `/${prefix}_${name}`
    const pool = new pg.Pool({ connectionString: url.toString(), max: 8 })
    pool.on('error', () => {})
    await migrateService(pool, name)
    pools.set(name, pool)
    stores.set(name, await openStore({ service: name, pool, shards: 4, masterKey, definitions: aggregates.flatMap((each) => each.events), clock }))
  }

  const addresses: Record<string, string> = {}
  const credentials = credentialsOf({})
  const clients = clientFactory({ addresses, credentials, sign: tokenOf })
  const log = eventTablesLog(Object.fromEntries(stores), (error) => logger.warn({ err: error }, 'the log'))
  const port = await unusedPort()
  for (const { name } of services) addresses[name] = `127.0.0.1:${port}`
  const directory = watchDirectory({ client: clients.client(DirectoryClient, 'membership'), log: logger })
  const running = new Map<string, Running>()
  for (const service of services) {
    const { name } = service
    const [pool, store] = [pools.get(name) as pg.Pool, stores.get(name) as Store]
    const engines = { pool, store, log: log.logOf(name), clients, directory, actorKey, masterKey, clock, logger, metrics: new Registry() }
    running.set(name, await startService(service, engines))
  }
  const verify = (token: string) => verifyActorToken(token, actorKey)
  const answers = [...[...running.values()].flatMap((each) => each.answers), historyAnswers(stores)]
  const grpc = await serveGrpc({ answers, address: `127.0.0.1:${port}`, credentials, verify, log: logger })
  await Promise.all([...running.values()].map((each) => each.consume()))
  if (addresses.membership !== undefined) await directory.ready

  return {
    directory: directory.current,
    clients,
    store: (name: string) => stores.get(name) as Store,
    pool: (name: string) => pools.get(name) as pg.Pool,
    send: async (
      as: As,
      service: string,
      method: 'GET' | 'POST' | 'PUT' | 'DELETE',
      url: string,
      body?: object | string,
      headers: Readonly<Record<string, string>> = {},
    ): Promise<Answer> => {
      const app = (running.get(service) as Running).app
      const claims = as === null ? null : { person: as.person, home: as.home ?? null, operator: as.operator ?? false, scope: as.scope ?? null, session: 'spec' }
      const answer = await app.inject({
        method,
        url,
        headers: { ...(claims === null ? {} : { authorization: `Bearer ${signActorToken(claims, privateKey)}` }), ...headers },
        ...(body === undefined ? {} : { payload: body }),
      })
      const text = answer.body
      return { status: answer.statusCode, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text, headers: answer.headers }
    },
    stop: async () => {
      for (const each of running.values()) await each.close()
      log.close()
      await directory.close()
      clients.close()
      await grpc.close()
      for (const store of stores.values()) await store.idle()
      for (const pool of pools.values()) await pool.end()
      for (const { name } of services) await admin.query(`drop database if exists ${prefix}_${name} with (force)`)
      await admin.end()
    },
  }
}
export type RunningServices = Awaited<ReturnType<typeof runServices>>

/** Asks again until the answer is as wanted; throws the last answer's failure after `ms`. For what follows from a fact in its own time. */
export const eventually = async <T>(look: () => Promise<T> | T, ms = 5_000): Promise<T> => {
  for (const end = Date.now() + ms; ; await new Promise((resolve) => setTimeout(resolve, 20)))
    try {
      return await look()
    } catch (error) {
      if (Date.now() > end) throw error
    }
}

const unusedPort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}
