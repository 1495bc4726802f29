import { Day, Id } from '@collegium/shared/schema.ts'
import { type Kernel, service } from '@collegium/shared/service.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { DashboardAnswer, StatementAnswer } from './answer.ts'
import { complianceRoutes } from './compliance-routes.ts'
import { conduct } from './conduct.ts'
import { type Dashboard, officerDashboard, type Span, unitDashboard } from './dashboard.ts'
import { stream } from './live.ts'
import { metrics } from './metrics.ts'
import { reject } from './rejections.ts'
import { type Statement, type Statements, statements } from './statement.ts'

export const dashboards = service({
  name: 'dashboards',
  aggregates: [],
  views: [metrics, conduct],
  reactions: [],
  deadlines: [],
  ask: () => ({}),
  work: statements,
  routes: (app, kernel, work) => {
    complianceRoutes(app, kernel)
    const stated = (): Statement | null => work.last()
    mount(app, kernel, stated, {
      name: 'unitDashboard',
      path: '/dashboards/:unit',
      tail: 'of a unit and everything below it',
      param: 'unit',
      read: unitDashboard,
      allow: (request, unit) => kernel.allow(kernel.actorOf(request), 'dashboards:read', unit),
    })
    mount(app, kernel, stated, {
      name: 'officerDashboard',
      path: '/dashboards/officers/:person',
      tail: 'of one officer',
      param: 'person',
      read: officerDashboard,
      allow: (request, person) => allowOfficer(kernel, request, person),
    })
    app.get(
      '/dashboards-state',
      {
        schema: {
          operationId: 'dashboardsState',
          tags: ['dashboards'],
          summary: 'What all figures rest on: the state hash of their rows and how far the log had been read, signed',
          response: { 200: StatementAnswer },
        },
        config: { permission: 'dashboards:read' },
      },
      async (request) => {
        const actor = kernel.actorOf(request)
        if (kernel.unitsWhere(actor, 'dashboards:read').length === 0) await kernel.allow(actor, 'dashboards:read', kernel.directory().root() ?? 'federation')
        return { evidence: stated(), note: stated()?.note ?? null }
      },
    )
  },
})

type Page = {
  readonly name: string
  readonly path: string
  readonly tail: string
  readonly param: string
  readonly read: (kernel: Kernel, subject: string, span: Span) => Promise<Dashboard>
  readonly allow: (request: FastifyRequest, subject: string) => Promise<void>
}

/** A dashboard twice: as one answer (now, or as of a past day), and as a stream of pictures. */
const mount = (app: FastifyInstance, kernel: Kernel, stated: Statements['last'], page: Page): void => {
  const params = Type.Object({ [page.param]: Id })
  const querystring = Type.Object({ on: Type.Optional(Day), known: Type.Optional(Day) }, { additionalProperties: false })
  const subject = (request: FastifyRequest): string => (request.params as Record<string, string>)[page.param] as string

  app.get(
    page.path,
    {
      schema: {
        operationId: page.name,
        tags: ['dashboards'],
        summary: `The dashboard ${page.tail}, now or as of a past day`,
        params,
        querystring,
        response: { 200: DashboardAnswer },
      },
      config: { permission: 'dashboards:read' },
    },
    async (request) => {
      const { on = null, known = null } = request.query as Partial<Span>
      // A day is over last on the date line's far side; a day of grace avoids refusing a campus' own today.
      const last = new Date(Date.parse(kernel.now()) + 86_400_000).toISOString().slice(0, 10)
      for (const day of [on, known]) if (day !== null && day > last) throw reject('day-not-yet', { day })
      await page.allow(request, subject(request))
      return { ...(await page.read(kernel, subject(request), { on, known })), evidence: stated() }
    },
  )

  app.get(
    `${page.path}/live`,
    {
      schema: {
        operationId: `${page.name}Live`,
        tags: ['dashboards'],
        summary: `The dashboard ${page.tail}, sent again on each change (server-sent events)`,
        params,
        response: { 200: { content: { 'text/event-stream': { schema: Type.String() } } } },
      },
      config: { permission: 'dashboards:read', work: 'live' },
    },
    async (request, reply) => {
      await page.allow(request, subject(request))
      stream(
        reply,
        async () => {
          await page.allow(request, subject(request))
          return { ...(await page.read(kernel, subject(request), { on: null, known: null })), evidence: unsigned(stated()) }
        },
        (changed) => kernel.onChange(metrics, changed),
      )
    },
  )
}

/** A live picture is not cut to the declared answer: the note stays out of it here. */
const unsigned = (statement: Statement | null): Omit<Statement, 'note'> | null => {
  if (statement === null) return null
  const { note: _, ...evidence } = statement
  return evidence
}

/** An officer sees the own dashboard; others need the permission at a unit where the officer holds a post. */
const allowOfficer = async (kernel: Kernel, request: FastifyRequest, person: string): Promise<void> => {
  const actor = kernel.actorOf(request)
  if (actor.person === person) return
  const units = new Set(kernel.unitsWhere(actor, 'dashboards:read'))
  const held = kernel.directory().holdings(person, kernel.now())
  if (held.some((holding) => units.has(holding.unit))) return
  await kernel.allow(actor, 'dashboards:read', held[0]?.unit ?? kernel.directory().root() ?? 'federation')
}
