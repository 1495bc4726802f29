import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { refuse } from '../refusals.ts'
import { Line, orNull } from '../schema.ts'
import type { Kernel, Service } from '../service.ts'
import type { View } from '../view.ts'
import type { ConsumerState } from './consumer.ts'
import { Health, standsStill } from './health.ts'
import type { Parked, ParkedStream } from './parked.ts'

const exact = { additionalProperties: false }
const Name = Type.String({ minLength: 1, maxLength: 200 })
const Stream = { consumer: Name, service: Name, stream: Name }
const Retry = Type.Object(Stream, exact)
const Skip = Type.Object({ ...Stream, reason: Line }, exact)
const ByConsumer = Type.Object({ consumer: Type.Optional(Name) }, exact)
const ByView = Type.Object({ view: Name })
const Held = Type.Object({ held: Type.Boolean({ default: false }) }, exact)
const Flip = Type.Object({ schema: Name }, exact)

const Consumer = Type.Object({
  name: Type.String(),
  sources: Type.Array(Type.Object({ service: Type.String(), shard: Type.Integer(), position: Type.Integer(), head: Type.Integer(), behind: Type.Boolean() })),
  parkedStreams: Type.Integer(),
  holes: Type.Integer(),
  standingSeconds: Type.Integer({ description: 'For how long it has not moved in a source although there is more.' }),
  standsStill: Type.Boolean({ description: 'For so long that it is called slow.' }),
  error: orNull(Type.String()),
})
const ParkedEvent = Type.Object({
  consumer: Type.String(),
  service: Type.String(),
  shard: Type.Integer(),
  position: Type.Integer(),
  stream: Type.String(),
  eventId: Type.String(),
  type: Type.String(),
  error: orNull(Type.String()),
  tries: Type.Integer(),
  parkedAt: Type.String(),
})
const Left = Type.Object({ left: Type.Integer({ description: 'How many of the stream still wait.' }) })

const read = { permission: 'operations:read' }
const act = { permission: 'operations:act' }

/**
 * What an operator may see and do about a service's consumers, under `/<service>-consumers`: how far they are, what is parked, try it
 * again, leave it out for a reason, build a view anew and let it be shown.
 */
export const operations =
  (given: {
    readonly service: Service
    readonly states: () => ConsumerState[]
    readonly parked: {
      readonly list: (consumer?: string) => Promise<Parked[]>
      readonly retry: (at: ParkedStream) => Promise<{ left: number }>
      readonly skip: (at: ParkedStream, skip: { reason: string; by: string }) => Promise<{ left: number }>
    }
    readonly rebuild: (view: View, held: boolean) => Promise<string>
    /** Lets a held build be shown; false when there is none. */
    readonly release: (view: View, schema: string) => Promise<boolean>
    readonly health: () => Promise<Static<typeof Health>>
  }) =>
  (app: FastifyInstance, kernel: Kernel): void => {
    const { service, states, parked, rebuild, release, health } = given
    const base = `/${service.name}-consumers`
    const tags = ['operations']
    const allow = (permission: string, request: Parameters<Kernel['actorOf']>[0]): Promise<void> =>
      kernel.allow(kernel.actorOf(request), permission, kernel.directory().root() ?? 'federation')
    const known = (at: Static<typeof Retry>): ParkedStream => {
      if (!states().some((state) => state.name === at.consumer)) throw refuse('unknown-id', { aggregate: 'consumer', id: at.consumer })
      return at
    }

    const name = service.name
    app.get(
      base,
      {
        schema: {
          operationId: `${name}Consumers`,
          tags,
          summary: `How far the consumers of ${name} are`,
          response: { 200: Type.Object({ items: Type.Array(Consumer) }) },
        },
        config: read,
      },
      async (request) => {
        await allow(read.permission, request)
        return { items: states().map((state) => ({ ...state, standsStill: standsStill(state) })) }
      },
    )
    app.get(
      `${base}/health`,
      {
        schema: { operationId: `${name}Health`, tags, summary: `How ${name} is, what is slow, and what is being built`, response: { 200: Health } },
        config: { ...read, work: 'first' },
      },
      async (request) => {
        await allow(read.permission, request)
        return health()
      },
    )
    app.get(
      `${base}/parked`,
      {
        schema: {
          operationId: `${name}Parked`,
          tags,
          summary: 'Events that could not be handled, and what waits behind them',
          querystring: ByConsumer,
          response: { 200: Type.Object({ items: Type.Array(ParkedEvent) }) },
        },
        config: read,
      },
      async (request) => {
        await allow(read.permission, request)
        const items = await parked.list((request.query as Static<typeof ByConsumer>).consumer)
        return { items: items.map((each) => ({ ...each, parkedAt: each.parkedAt.toISOString() })) }
      },
    )
    app.post(
      `${base}/parked/retry`,
      { schema: { operationId: `${name}Retry`, tags, summary: 'Handle a parked stream again', body: Retry, response: { 200: Left } }, config: act },
      async (request) => {
        await allow(act.permission, request)
        return parked.retry(known(request.body as Static<typeof Retry>))
      },
    )
    app.post(
      `${base}/parked/skip`,
      {
        schema: {
          operationId: `${name}Skip`,
          tags,
          summary: 'Leave out the oldest event of a parked stream; reason and person are kept',
          body: Skip,
          response: { 200: Left },
        },
        config: act,
      },
      async (request) => {
        await allow(act.permission, request)
        const { reason, ...at } = request.body as Static<typeof Skip>
        const { person, system } = kernel.actorOf(request)
        return parked.skip(known(at), { reason, by: person ?? system ?? 'operator' })
      },
    )
    const viewOf = (params: unknown): View => {
      const { view: asked } = params as Static<typeof ByView>
      const view = service.views.find((each) => each.name === asked)
      if (!view) throw refuse('unknown-id', { aggregate: 'view', id: asked })
      return view
    }
    app.post(
      `${base}/views/:view/rebuild`,
      {
        schema: {
          operationId: `${name}Rebuild`,
          tags,
          summary: 'Build a view anew beside the active one; held = it is shown only when somebody says so',
          params: ByView,
          querystring: Held,
          response: { 202: Type.Object({ schema: Type.String({ description: 'Where it is built.' }) }) },
        },
        config: { ...act, work: 'bulk' },
      },
      async (request, reply) => {
        await allow(act.permission, request)
        const view = viewOf(request.params)
        return reply.code(202).send({ schema: await rebuild(view, (request.query as Static<typeof Held>).held) })
      },
    )
    app.post(
      `${base}/views/:view/flip`,
      {
        schema: {
          operationId: `${name}Flip`,
          tags,
          summary: 'Let a held build be shown in the place of the active one, as soon as it has caught up',
          params: ByView,
          body: Flip,
          response: { 202: Flip },
        },
        config: act,
      },
      async (request, reply) => {
        await allow(act.permission, request)
        const { schema } = request.body as Static<typeof Flip>
        if (!(await release(viewOf(request.params), schema))) throw refuse('unknown-id', { aggregate: 'build', id: schema })
        return reply.code(202).send({ schema })
      },
    )
  }
