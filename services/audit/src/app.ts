import { keysOf, Listing, PageOf, pageOf } from '@collegium/shared/http/paging.ts'
import { Id, Instant, orNull } from '@collegium/shared/schema.ts'
import { service } from '@collegium/shared/service.ts'
import Type, { type Static } from 'typebox'
import { streamChanges } from './changes.ts'
import { parseMarks, streamEvents } from './events-stream.ts'
import { heartbeats } from './heartbeat.ts'
import { type Logs, logsOf } from './log/logs.ts'
import { receiptRoute } from './log/receipt-check.ts'
import { regainRoute } from './log/regain-route.ts'
import { resumeRoute, stoppedSources } from './log/resume-route.ts'
import { serveLogs } from './log/serve.ts'
import { proofRoute } from './proofs.ts'
import { reject } from './rejections.ts'
import { sources, trail } from './trail.ts'

const Search = Listing({
  person: Type.Optional(Id),
  unit: Type.Optional(Id),
  service: Type.Optional(Id),
  stream: Type.Optional(Type.String({ maxLength: 200 })),
  type: Type.Optional(Type.String({ maxLength: 200 })),
  correlation: Type.Optional(Type.String({ maxLength: 100 })),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
})

/** A record is told as history holds it: nothing in it is left out. */
const Fact = Type.Object(
  {
    id: Type.String(),
    service: Type.String(),
    shard: Type.Integer(),
    position: Type.Integer(),
    stream: Type.String(),
    version: Type.Integer(),
    type: Type.String(),
    unit: Type.String(),
    occurred: Type.String(),
    recorded: Type.String(),
    actor: Type.Object({
      person: orNull(Type.String()),
      post: orNull(Type.Object({ kind: Type.String(), unit: Type.String() })),
      system: orNull(Type.String()),
    }),
    correlation: Type.String(),
    causation: Type.String(),
    command: Type.String(),
    reason: orNull(Type.String()),
    policies: Type.Record(Type.String(), Type.Object({ value: Type.Union([Type.Number(), Type.String(), Type.Boolean()]), version: Type.Integer() })),
    data: Type.Record(Type.String(), Type.Unknown()),
  },
  { additionalProperties: true },
)

const List = Type.String({ pattern: '^[a-z0-9.,-]{0,2000}$', default: '', description: 'Several joined by commas; empty = all.' })
const Feed = Type.Object(
  {
    from: Type.String({
      maxLength: 2_000,
      default: '',
      description: '0 or empty = the beginning; else service/shard/position of what you have, joined by commas.',
    }),
    service: List,
    type: List,
    live: Type.Boolean({ default: true, description: 'Stay open for what comes; false = end when all is sent.' }),
  },
  { additionalProperties: false },
)

export const audit = service({
  name: 'audit',
  databases: ['log'],
  aggregates: [heartbeats, stoppedSources],
  views: [trail],
  reactions: [],
  deadlines: [],
  ask: () => ({}),
  work: (parts) => logsOf(parts, sources),
  routes: (app, kernel, logs: Logs) => {
    serveLogs(app, () => logs)
    receiptRoute(app, () => logs.receipts)
    regainRoute(app, kernel, (log) => logs.regain(log))
    resumeRoute(app, kernel, (source, record) => logs.resume(source, record))
    proofRoute(app, kernel, () => logs.proofs)
    app.get(
      '/trail',
      {
        schema: {
          operationId: 'trail',
          tags: ['audit'],
          summary: 'Who decided what, when, under which post, why; newest first',
          querystring: Search,
          response: { 200: PageOf(Fact) },
        },
        config: { permission: 'trail:read' },
      },
      async (request) => {
        const query = request.query as Static<typeof Search>
        const wanted: [string, unknown][] = [
          ['person = $', query.person],
          ['unit = $', query.unit],
          ['service = $', query.service],
          ['stream = $', query.stream],
          ['type = $', query.type],
          ['correlation = $', query.correlation],
          ['recorded >= $', query.from],
          ['recorded < $', query.to],
        ]
        const params: unknown[] = [kernel.unitsWhere(kernel.actorOf(request), 'trail:read')]
        const conditions = ['unit = any($1)']
        for (const [condition, value] of wanted) if (value !== undefined) conditions.push(`${condition}${params.push(value)}`)
        const after = keysOf(query.cursor, 2)
        if (after !== null) conditions.push(`(recorded, id) < ($${params.push(after[0])}, $${params.push(after[1])})`)
        const rows = await kernel.query<{ recorded: string; id: string; record: string }>(
          trail,
          `select recorded, id, record from {entry} where ${conditions.join(' and ')} order by recorded desc, id desc limit ${query.limit + 1}`,
          params,
        )
        const { items, nextCursor } = pageOf(rows, query.limit, (row) => [row.recorded, row.id])
        return { items: items.map((row) => JSON.parse(row.record)), nextCursor }
      },
    )

    const entryParams = Type.Object({ service: Id, stream: Type.String({ maxLength: 200 }), version: Type.Integer({ minimum: 1 }) })
    app.get(
      '/trail/:service/:stream/:version',
      {
        schema: { operationId: 'trailEntry', tags: ['audit'], summary: 'One fact, as history holds it', params: entryParams, response: { 200: Fact } },
        config: { permission: 'trail:read' },
      },
      async (request) => {
        const wanted = request.params as Static<typeof entryParams>
        const [row] = await kernel.query<{ unit: string; record: string }>(
          trail,
          'select unit, record from {entry} where service = $1 and stream = $2 and version = $3',
          [wanted.service, wanted.stream, wanted.version],
        )
        if (!row) throw reject('unknown-entry', wanted)
        await kernel.allow(kernel.actorOf(request), 'trail:read', row.unit)
        return JSON.parse(row.record)
      },
    )

    app.get(
      '/changes',
      {
        schema: {
          operationId: 'changes',
          tags: ['audit'],
          summary: 'That something has changed that concerns the caller, as it happens (server-sent events)',
          response: { 200: { content: { 'text/event-stream': { schema: Type.String() } } } },
        },
        config: { permission: 'signed-in', work: 'live' },
      },
      async (request, reply) => streamChanges(kernel, reply, kernel.actorOf(request)),
    )

    app.get(
      '/events',
      {
        schema: {
          operationId: 'eventFeed',
          tags: ['audit'],
          summary: 'Every fact as CloudEvents, one a line, from any point on and then live',
          querystring: Feed,
          response: { 200: { content: { 'application/x-ndjson': { schema: Type.String() } } } },
        },
        config: { permission: 'events:read', work: 'live' },
      },
      async (request, reply) => {
        const query = request.query as Static<typeof Feed>
        const allow = (): Promise<void> => kernel.allow(kernel.actorOf(request), 'events:read', kernel.directory().root() ?? 'federation')
        await allow()
        const words = (text: string): string[] => text.split(',').filter((word) => word !== '')
        await streamEvents(kernel, reply, parseMarks(query.from), { services: words(query.service), types: words(query.type) }, query.live, allow)
      },
    )
  },
})
