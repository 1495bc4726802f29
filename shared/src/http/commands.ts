import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Aggregate, Command, Recorded } from '../aggregate.ts'
import { streamOf } from '../aggregate.ts'
import type { Handle } from '../handle.ts'
import { idFrom, newId } from '../ids.ts'
import { refuse } from '../refusals.ts'
import { closed, Id, Instant } from '../schema.ts'
import type { Executed, Kernel } from '../service.ts'
import { mountDifference } from './difference.ts'
import { letRead } from './let-read.ts'
import { reasonIn } from './readable.ts'
import { actorOf } from './server.ts'

type Door = { kernel: Kernel; handle: Handle }

/** The signed receipt in an answer. Every route that accepts something on the record has one. */
export const ReceiptText = Type.String({
  description:
    'A signed note: the hash of the last fact’s entry in the log, when it was accepted, by when it is merged. Keep it; POST /receipts/check takes it.',
})

const Answer = Type.Object({
  id: Type.String(),
  version: Type.Integer({ description: "The aggregate's version after the command; also its ETag." }),
  position: Type.String({ description: 'Where the last fact stands, as service/shard/position: what a reader may wait for.' }),
  events: Type.Integer({ description: 'How many facts the command made; 0 when there was nothing new to say.' }),
  receipt: Type.Optional(ReceiptText),
})

const Aggregated = Type.Object({
  id: Type.String(),
  version: Type.Integer({ description: 'Also its ETag.' }),
  state: Type.Record(Type.String(), Type.Unknown()),
})

const FactOf = Type.Object(
  {
    id: Type.String(),
    type: Type.String(),
    version: Type.Integer(),
    occurred: Type.String(),
    data: Type.Record(Type.String(), Type.Unknown()),
  },
  { additionalProperties: true },
)
const History = Type.Object({ id: Type.String(), stream: Type.String(), items: Type.Array(FactOf) })

const CommandHeaders = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'The same key with the same body happens once.' })),
  'if-match': Type.Optional(Type.String({ pattern: '^(W/)?"\\d+"$', description: 'The version that was seen; another one answers 412.' })),
  'collegium-occurred': Type.Optional(Instant),
  'collegium-reason': Type.Optional(Type.String({ maxLength: 500, description: 'Why, percent-encoded; kept in the audit trail.' })),
  'collegium-correlation': Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]{8,64}$', description: 'Ties the commands of one undertaking together.' })),
})

/** Mounts what an aggregate declares: each command's route, and the reads of its state (now or at a moment) and its history. */
export const mountAggregate = (app: FastifyInstance, aggregate: Aggregate, door: Door): void => {
  for (const [name, command] of Object.entries(aggregate.commands)) if (command.route !== 'internal') mountCommand(app, aggregate, name, command, door)
  mountReads(app, aggregate, door.kernel)
}

/** Where the permission of a command counts, in words. */
const places = {
  owner: (name: string) => `at the unit that owns the ${name}`,
  home: () => "at the person's own campus",
  anywhere: (name: string) => `under any post of the person whose ${name} it is`,
} as const

const mountCommand = (app: FastifyInstance, aggregate: Aggregate, name: string, command: Command, { kernel, handle }: Door): void => {
  const [method, path] = command.route.split(' ') as ['POST' | 'PUT' | 'DELETE', string]
  const addressed = path.includes('/:id')
  app.route({
    method,
    url: path,
    schema: {
      operationId: name,
      tags: [kernel.name],
      summary: words(name),
      description: `Permission \`${command.permission}\` ${places[command.at ?? 'owner'](aggregate.name)}.`,
      headers: CommandHeaders,
      body: closed(command.input),
      ...(addressed ? { params: Type.Object({ id: Id }) } : {}),
      response: { 200: Answer, 201: Answer },
    },
    config: { permission: command.permission },
    handler: async (request, reply) => {
      const actor = actorOf(request)
      const key = header(request, 'idempotency-key')
      const ifMatch = header(request, 'if-match')
      const done = await handle({
        aggregate,
        command,
        id: addressed ? (request.params as { id: string }).id : null,
        input: request.body,
        actor,
        commandId: key === undefined ? newId() : idFrom('key', actor.person ?? 'operator', key),
        fingerprint: key === undefined ? null : fingerprint(request),
        expected: ifMatch === undefined ? undefined : Number(ifMatch.replace(/\D/g, '')),
        occurred: header(request, 'collegium-occurred'),
        reason: reasonIn(request),
        correlation: header(request, 'collegium-correlation') ?? request.id,
      })
      return answer(reply, kernel.name, aggregate, done)
    },
  })
}

const answer = async (reply: FastifyReply, service: string, aggregate: Aggregate, done: Executed): Promise<FastifyReply> => {
  const isNew = done.events > 0 && done.version === done.events
  if (isNew) reply.header('location', `/api/v1${aggregate.path}/${done.id}`)
  return reply
    .status(isNew ? 201 : 200)
    .header('etag', `"${done.version}"`)
    .send({ id: done.id, version: done.version, position: positionText(service, done), events: done.events, receipt: (await done.receipt()) ?? undefined })
}

export const positionText = (service: string, done: Executed): string => `${service}/${done.position.shard}/${done.position.position}`

const mountReads = (app: FastifyInstance, aggregate: Aggregate, kernel: Kernel): void => {
  const params = Type.Object({ id: Id })
  const moment = {
    at: Type.Optional(Instant),
    version: Type.Optional(Type.Integer({ minimum: 1 })),
    position: Type.Optional(Type.String({ pattern: '^[a-z]+/\\d{1,4}/\\d{1,15}$', description: 'As volunteers/3/1042: what had been recorded up to there.' })),
  }
  const tags = [kernel.name]
  app.get(
    `${aggregate.path}/:id`,
    {
      schema: {
        operationId: `${camel(aggregate.name)}`,
        tags,
        summary: `The ${aggregate.name}, now or as it was`,
        params,
        querystring: closed(Type.Object(moment)),
        response: { 200: Aggregated, 304: Type.Null() },
      },
      config: { permission: aggregate.read },
    },
    async (request, reply) => {
      const { id } = request.params as { id: string }
      const found = await kernel.load(aggregate, id, request.query as object)
      if (found.unit === null) throw refuse('unknown-id', { aggregate: aggregate.name, id })
      await letRead(kernel, actorOf(request), aggregate, found)
      const etag = `"${found.version}"`
      if (request.headers['if-none-match'] === etag) return reply.status(304).send()
      return reply.header('etag', etag).send({ id, version: found.version, state: found.state })
    },
  )
  app.get(
    `${aggregate.path}/:id/history`,
    {
      schema: {
        operationId: `${camel(aggregate.name)}History`,
        tags,
        summary: `Every fact of the ${aggregate.name}, oldest first`,
        params,
        querystring: closed(Type.Object(moment)),
        response: { 200: History },
      },
      config: { permission: aggregate.read },
    },
    async (request) => {
      const { id } = request.params as { id: string }
      const found = await kernel.load(aggregate, id)
      if (found.unit === null) throw refuse('unknown-id', { aggregate: aggregate.name, id })
      await letRead(kernel, actorOf(request), aggregate, found)
      const items: readonly Recorded[] = await kernel.history(aggregate, id, request.query as object)
      return { id, stream: streamOf(aggregate, id), items }
    },
  )
  mountDifference(app, aggregate, kernel, `${camel(aggregate.name)}Difference`)
}

const header = (request: FastifyRequest, name: string): string | undefined => request.headers[name] as string | undefined

const fingerprint = (request: FastifyRequest): string =>
  createHash('sha256')
    .update(`${request.method} ${request.url} ${JSON.stringify(request.body)}`)
    .digest('base64url')

const words = (name: string): string => {
  const text = name.replace(/([A-Z])/g, ' $1').toLowerCase()
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
