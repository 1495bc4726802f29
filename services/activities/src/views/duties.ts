import { keysOf, Listing, PageOf, pageOf } from '@collegium/shared/http/paging.ts'
import { Id, Label, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import { patch, put, view, when } from '@collegium/shared/view.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import * as facts from '../events.ts'

/** Who owes what by when. `version` is that of the fact that its present state rests on. */
export const duties = view({
  name: 'duties',
  version: 3,
  tables: {
    duty: {
      columns: {
        id: 'text',
        unit: 'text',
        title: 'text',
        name: 'jsonb',
        owner: 'text',
        assigner: 'text',
        since: 'text',
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
      indexes: ['(owner, due)', '(unit, due)', '(due, id)', '(assigner, due)', '(source_id)'],
    },
  },
  on: [
    when(facts.dutyAssigned, (event) => {
      const { duty, title, name, owner, since, due, source } = event.data
      const from = { source_kind: source?.kind ?? null, source_id: source?.id ?? null }
      return [
        put('duty', {
          id: duty,
          unit: event.unit,
          title,
          name: name ?? null,
          owner,
          assigner: event.actor.person,
          since,
          due,
          status: 'open',
          ...from,
          stream: event.stream,
          version: event.version,
        }),
      ]
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
  state: Type.Optional(Type.Enum(['open', 'overdue', 'fulfilled', 'unfulfilled'], { description: '`unfulfilled`: open or overdue.' })),
  assigner: Type.Optional({ ...Id, description: 'Who assigned it: a person, or `me`.' }),
  escalatedTo: Type.Optional({ ...Id, description: 'A person, or `me`.' }),
})

const Duty = Type.Object({
  id: Type.String(),
  unit: Type.String(),
  title: Type.String(),
  name: { ...orNull(Label), description: 'Its title in both languages, where nobody wrote it.' },
  owner: Type.String(),
  assigner: orNull(Type.String()),
  since: Type.String(),
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

const ByUnit = Listing({ unit: Type.Optional({ ...Id, description: 'This unit and all below it.' }) })
const UnitDuties = Type.Object({ unit: Type.String(), open: Type.Integer(), overdue: Type.Integer(), firstDue: Type.String(), oldest: Type.String() })

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
      const named = (person: string | undefined): string | null => (person === 'me' ? (actor.person ?? '') : (person ?? null))
      const rows = await kernel.query<Static<typeof Duty>>(
        duties,
        `select id, unit, title, name, owner, assigner, since, due, case when status = 'open' and due < $3 then 'overdue' else status end as state, source_kind as "sourceKind",
                source_id as "sourceId", note, reminded_at as "remindedAt", escalated_at as "escalatedAt", escalated_to as "escalatedTo",
                fulfilled_at as "fulfilledAt", fulfilled_by as "fulfilledBy", on_time as "onTime"
           from {duty}
          where (unit = any($1) or owner = $2 or assigner = $2 or escalated_to = $2) and ($4::text is null or owner = $4) and ($5::text[] is null or unit = any($5))
            and ($6::text is null or case when status = 'open' and due < $3 then 'overdue' else status end = $6 or $6 = 'unfulfilled' and status = 'open')
            and ($9::text is null or assigner = $9) and ($10::text is null or escalated_to = $10)
            and ($7::text[] is null or (due, id) > ($7[1], $7[2]))
          order by due, id limit $8`,
        [
          kernel.unitsWhere(actor, 'duties:read'),
          actor.person,
          kernel.now(),
          named(query.owner),
          query.unit === undefined ? null : kernel.directory().subtree(query.unit),
          query.state ?? null,
          keysOf(query.cursor, 2),
          query.limit + 1,
          named(query.assigner),
          named(query.escalatedTo),
        ],
      )
      return pageOf(rows, query.limit, (row) => [row.due, row.id])
    },
  )

  app.get(
    '/duties/by-unit',
    {
      schema: {
        operationId: 'dutiesByUnit',
        tags: ['activities'],
        summary: 'What each unit still owes: how many, how many of them overdue, and since when the oldest is',
        querystring: ByUnit,
        response: { 200: PageOf(UnitDuties) },
      },
      config: { permission: 'duties:read' },
    },
    async (request) => {
      const { unit, limit, cursor } = request.query as Static<typeof ByUnit>
      const rows = await kernel.query<Static<typeof UnitDuties>>(
        duties,
        `select unit, count(*)::int as open, (count(*) filter (where due < $2))::int as overdue, min(due) as "firstDue", min(since) as oldest
           from {duty} where status = 'open' and unit = any($1) and ($3::text[] is null or unit > $3[1]) group by unit order by unit limit $4`,
        [kernel.unitsWhere(kernel.actorOf(request), 'duties:read', unit), kernel.now(), keysOf(cursor, 1), limit + 1],
      )
      return pageOf(rows, limit, (row) => [row.unit])
    },
  )
}
