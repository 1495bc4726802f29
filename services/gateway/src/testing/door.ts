import { generateKeyPairSync } from 'node:crypto'
import { Readable } from 'node:stream'
import { verifyActorToken } from '@collegium/shared/actor-token.ts'
import { Directory } from '@collegium/shared/directory.ts'
import { makeLogger } from '@collegium/shared/logger.ts'
import { migrate } from '@collegium/shared/migrate.ts'
import { testDatabase } from '@collegium/shared/testing/database.ts'
import { organization } from '@collegium/shared/testing/organization.ts'
import { patient } from '@collegium/shared/testing/patient.ts'
import Fastify, { type FastifyInstance } from 'fastify'
import { Registry } from 'prom-client'
import { openAccounts } from '../accounts.ts'
import { buildGateway } from '../app.ts'
import type { GatewayOptions } from '../options.ts'
import { hashPassword } from '../password.ts'
import { readSettings } from '../settings.ts'
import { inProcess, type Upstream } from '../upstream.ts'

export const actorKeys = generateKeyPairSync('ed25519')
export const password = 'correct horse battery'

/** A federation with two campuses: a registrar who opens accounts at north, a chair who makes tokens there, a dean over everything. */
export const snapshot = organization({
  units: { fed: null, north: 'fed', south: 'fed' },
  kinds: { registrar: ['accounts:*'], chair: ['tokens:make', 'activities:*', 'metrics:read'], dean: ['documents:read'], student: ['activities:join'] },
  posts: ['p-registrar registrar north', 'p-chair chair north', 'p-dean dean fed'],
})

export const homes: Record<string, string> = { 'p-registrar': 'north', 'p-chair': 'north', 'p-dean': 'north', 'p-new': 'north', 'p-south': 'south' }

/** A small real service: echoes what reached it, streams, waits, and has a public page. */
export const echoService = async () => {
  const app = Object.assign(Fastify({ forceCloseConnections: true }) as unknown as FastifyInstance, { aborted: 0 })
  app.all('/echo', async (request, reply) => {
    const token = request.headers.authorization?.slice(7)
    const actor = token === undefined ? null : verifyActorToken(token, actorKeys.publicKey)
    return reply.header('etag', '"7"').send({ method: request.method, url: request.url, body: request.body ?? null, actor, headers: request.headers })
  })
  app.get('/echo/stream', async (request, reply) => {
    request.raw.socket.once('close', () => app.aborted++)
    const stream = new Readable({ read: () => {} })
    let count = 0
    const timer = setInterval(() => stream.push(`data: ${++count}\n\n`), 20)
    stream.once('close', () => clearInterval(timer))
    return reply.type('text/event-stream').send(stream)
  })
  app.get('/echo/slow', async () => new Promise((resolve) => setTimeout(() => resolve({}), 5_000).unref()))
  app.get('/echo/busy', async (_request, reply) => {
    app.aborted++
    return reply.status(503).header('retry-after', '1').send({})
  })
  app.post('/imports', { bodyLimit: 30_000_000 }, async (request) => ({ bytes: JSON.stringify(request.body).length }))
  return app
}

export const echoContract = { openapi: '3.1.1', paths: { '/echo': {}, '/echo/stream': {}, '/echo/slow': {}, '/imports': {} } }

export type Door = Awaited<ReturnType<typeof openDoor>>

/** A gateway on a fresh database with four accounts (`operator`, `registrar`, `chair`, `dean`) in front of a real service. */
export const openDoor = async (
  changes: Partial<GatewayOptions> & { upstream?: (app: FastifyInstance) => Promise<Upstream>; environment?: Record<string, string> } = {},
) => {
  const { upstream, environment, ...options } = changes
  const database = await testDatabase()
  const { pool } = database
  await migrate(pool, new URL('../../migrations/', import.meta.url), 'gateway')
  const passwordHash = await hashPassword(password)
  await openAccounts(pool, [
    { account: 'operator', person: 'p-operator', home: null, operator: true, passwordHash },
    ...['registrar', 'chair', 'dean'].map((account) => ({ account, person: `p-${account}`, home: 'north', passwordHash })),
  ])

  const service = await echoService()
  await service.ready()
  const directory = new Directory(snapshot)
  const contracts = { openapi: { echo: echoContract }, asyncapi: { asyncapi: '3.0.0', info: { title: 'Collegium', version: '1' } } }
  const given: GatewayOptions = {
    pool,
    actorKey: actorKeys.privateKey,
    logger: makeLogger('gateway', 'silent'),
    metrics: new Registry(),
    directory: () => directory,
    homeOf: async (person) => homes[person] ?? null,
    upstreams: { echo: await (upstream ?? (async (app) => inProcess(app)))(service) },
    contracts: () => contracts,
    redis: null,
    consoleFolder: null,
    settings: readSettings({ COLLEGIUM_RATE_LIMIT: '10000', ...patient, ...environment }),
    ...options,
  }
  const app = await buildGateway(given)
  const close = async () => {
    await app.close()
    await service.close()
    await database.drop()
  }
  return { app, pool, service, options: given, close, signIn: (account: string, secret = password) => signIn(app, account, secret) }
}

/** Headers that make requests as the account, the way a browser's page would. */
const signIn = async (app: FastifyInstance, account: string, secret: string): Promise<{ cookie: string; 'sec-fetch-site': string }> => {
  const answer = await app.inject({ method: 'POST', url: '/api/v1/session', payload: { account, password: secret } })
  if (answer.statusCode !== 201) throw new Error(`${account} could not sign in: ${answer.body}`)
  const set = answer.cookies.find((each) => each.name === 'collegium')
  return { cookie: `collegium=${set?.value}`, 'sec-fetch-site': 'same-origin' }
}
