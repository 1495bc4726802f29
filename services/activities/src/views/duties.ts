import { keysOf, Listing, PageOf, pageOf } from '@collegium/shared/http/paging.ts'
import { Id, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import { patch, put, view, when } from '@collegium/shared/view.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import * as facts from '../events.ts'

/** Who owes what by when. `version` is that of the fact that its present state rests on. */
export const duties = view({
  name: 'duties',
  version: 1,
  tables: {
    duty: {
      columns: {
        id: 'text',
        unit: 'text',
        title: 'text',
        owner: 'text',
        due: 'text',
        status: 'text',
        source_kind: 'text',
        source_id: 'text',
        note: 'text',
        reminded_at: 'text',
        escalated_at: 'text',
        escalated_to: 'text',
        fulfilled_at: 'text',
        fulfilled_by: 'text',
        on_time: 'boolean',
        stream: 'text',
        version: 'bigint',
      },
      key: ['id'],
      indexes: ['(owner, due)', '(unit, due)', '(due, id)'],
    },
  },
  on: [
    when(facts.dutyAssigned, (event) => {
      const { duty, title, owner, due, source } = event.data
      const from = { source_kind: source?.kind ?? null, source_id: source?.id ?? null }
      return [put('duty', { id: duty, unit: event.unit, title, owner, due, status: 'open', ...from, stream: event.stream, version: event.version })]
    }),
    when(facts.dutyProgressed, (event) => [patch('duty', { id: event.data.duty }, { note: event.data.note })]),
    when(facts.dutyReminded, (event) => [patch('duty', { id: event.data.duty }, { reminded_at: event.occurred })]),
    when(facts.dutyEscalated, (event) => [
      patch('duty', { id: event.data.duty }, { escalated_at: event.occurred, escalated_to: event.data.to, version: event.version }),
    ]),
    when(facts.dutyFulfilled, (event) => [
      patch(
        'duty',
        { id: event.data.duty },
        { status: 'fulfilled', fulfilled_at: event.occurred, fulfilled_by: event.data.by, on_time: event.data.onTime, version: event.version },
      ),
    ]),
  ],
})

const Search = Listing({
  owner: Type.Optional({ ...Id, description: 'A person, or `me`.' }),
  unit: Type.Optional(Id),
  state: Type.Optional(Type.Enum(['open', 'overdue', 'fulfilled'])),
})

const Duty = Type.Object({
  id: Type.String(),
  unit: Type.String(),
  title: Type.String(),
  owner: Type.String(),
  due: Type.String(),
  state: Type.Enum(['open', 'overdue', 'fulfilled']),
  sourceKind: orNull(Type.String()),
  sourceId: orNull(Type.String()),
  note: orNull(Type.String()),
  remindedAt: orNull(Type.String()),
  escalatedAt: orNull(Type.String()),
  escalatedTo: orNull(Type.String()),
  fulfilledAt: orNull(Type.String()),
  fulfilledBy: orNull(Type.String()),
  onTime: orNull(Type.Boolean()),
})

export const dutyRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  app.get(
    '/duties',
    {
      schema: {
        operationId: 'listDuties',
        tags: ['activities'],
        summary: 'Duties, the earliest due first; everyone sees their own',
        querystring: Search,
        response: { 200: PageOf(Duty) },
      },
      config: { permission: 'duties:read' },
    },
    async (request) => {
      const query = request.query as Static<typeof Search>
      const actor = kernel.actorOf(request)
      const rows = await kernel.query<Static<typeof Duty>>(
        duties,
        `select id, unit, title, owner, due, case when status = 'open' and due < $3 then 'overdue' else status end as state, source_kind as "sourceKind",
                source_id as "sourceId", note, reminded_at as "remindedAt", escalated_at as "escalatedAt", escalated_to as "escalatedTo",
                fulfilled_at as "fulfilledAt", fulfilled_by as "fulfilledBy", on_time as "onTime"
           from {duty}
          where (unit = any($1) or owner = $2 or escalated_to = $2) and ($4::text is null or owner = $4) and ($5::text[] is null or unit = any($5))
            and ($6::text is null or case when status = 'open' and due < $3 then 'overdue' else status end = $6)
            and ($7::text[] is null or (due, id) > ($7[1], $7[2]))
          order by due, id limit $8`,
        [
          kernel.unitsWhere(actor, 'duties:read'),
          actor.person,
          kernel.now(),
          (query.owner === 'me' ? actor.person : query.owner) ?? null,
          query.unit === undefined ? null : kernel.directory().subtree(query.unit),
          query.state ?? null,
          keysOf(query.cursor, 2),
          query.limit + 1,
        ],
      )
      return pageOf(rows, query.limit, (row) => [row.due, row.id])
    },
  )
}
