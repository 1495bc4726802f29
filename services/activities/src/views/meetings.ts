import type { AnyFact } from '@collegium/shared/aggregate.ts'
import { keysOf, Listing, PageOf, pageOf } from '@collegium/shared/http/paging.ts'
import { Id, Instant, Label, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import { patch, put, type RowOperation, view, when } from '@collegium/shared/view.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import * as facts from '../events.ts'

const attendee = (event: AnyFact, person: string, state: string): RowOperation =>
  put('attendee', { meeting: event.data.meeting, person, state, stream: event.stream, version: event.version })
const status = (event: AnyFact, to: string, more: Record<string, unknown> = {}): RowOperation =>
  patch('meeting', { id: event.data.meeting }, { status: to, ...more })

/** Meetings, and of everyone invited: there, excused or absent. */
export const meetings = view({
  name: 'meetings',
  version: 1,
  tables: {
    meeting: {
      columns: { id: 'text', unit: 'text', title: 'jsonb', kind: 'text', at: 'text', status: 'text', chair: 'text', document: 'text', label: 'text' },
      key: ['id'],
      indexes: ['(unit, at)', '(at, id)'],
    },
    attendee: {
      columns: { meeting: 'text', person: 'text', state: 'text', stream: 'text', version: 'bigint' },
      key: ['meeting', 'person'],
      indexes: ['(person)'],
    },
  },
  on: [
    when(facts.meetingCalled, (event) => {
      const { meeting, title, kind, at, invited, chair } = event.data
      return [
        put('meeting', { id: meeting, unit: event.unit, title, kind, at, status: 'called', chair }),
        ...invited.map((person) => attendee(event, person, 'invited')),
      ]
    }),
    when(facts.signedIn, (event) => [attendee(event, event.data.person, 'present')]),
    when(facts.leaveRequested, (event) => [attendee(event, event.data.person, 'leave-requested')]),
    when(facts.leaveGranted, (event) => [attendee(event, event.data.person, 'leave-granted')]),
    when(facts.meetingOpened, (event) => [status(event, 'open')]),
    when(facts.meetingClosed, (event) => [
      status(event, 'closed'),
      ...event.data.excused.map((person) => attendee(event, person, 'excused')),
      ...event.data.absent.map((person) => attendee(event, person, 'absent')),
    ]),
    when(facts.minutesDrafted, (event) => [status(event, 'minuted')]),
    when(facts.minutesApproved, (event) => [status(event, 'approved')]),
    when(facts.minutesFiled, (event) => [status(event, 'filed', { document: event.data.document, label: event.data.label })]),
  ],
})

const Search = Listing({
  unit: Type.Optional(Id),
  status: Type.Optional(Id),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
  chair: Type.Optional({ ...Id, description: 'A person, or `me`.' }),
})

const Meeting = Type.Object({
  id: Type.String(),
  unit: Type.String(),
  title: Label,
  kind: Type.String(),
  at: Type.String(),
  status: Type.String(),
  chair: orNull(Type.String()),
  document: orNull(Type.String()),
  label: orNull(Type.String()),
  invited: Type.Integer(),
  present: Type.Integer(),
  leaves: Type.Integer({ description: 'How many ask for leave and have no answer yet.' }),
  /** How it stands with the reader; null for who is not invited. */
  mine: orNull(Type.String()),
})

export const meetingRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  app.get(
    '/meetings',
    {
      schema: {
        operationId: 'listMeetings',
        tags: ['activities'],
        summary: 'Meetings that the reader may read or is invited to, latest first',
        querystring: Search,
        response: { 200: PageOf(Meeting) },
      },
      config: { permission: 'meetings:read' },
    },
    async (request) => {
      const query = request.query as Static<typeof Search>
      const actor = kernel.actorOf(request)
      const rows = await kernel.query<Static<typeof Meeting>>(
        meetings,
        `select id, unit, title, kind, at, status, chair, document, label,
                (select count(*)::int from {attendee} where meeting = id) as invited,
                (select count(*)::int from {attendee} where meeting = id and state = 'present') as present,
                (select count(*)::int from {attendee} where meeting = id and state = 'leave-requested') as leaves,
                (select state from {attendee} where meeting = id and person = $2) as mine
           from {meeting}
          where (unit = any($1) or exists (select 1 from {attendee} where meeting = id and person = $2))
            and ($3::text[] is null or unit = any($3)) and ($4::text is null or status = $4)
            and ($5::text is null or at >= $5) and ($6::text is null or at < $6)
            and ($7::text[] is null or (at, id) < ($7[1], $7[2])) and ($9::text is null or chair = $9)
          order by at desc, id desc limit $8`,
        [
          kernel.unitsWhere(actor, 'meetings:read'),
          actor.person,
          query.unit === undefined ? null : kernel.directory().subtree(query.unit),
          query.status ?? null,
          query.from ?? null,
          query.to ?? null,
          keysOf(query.cursor, 2),
          query.limit + 1,
          query.chair === 'me' ? (actor.person ?? '') : (query.chair ?? null),
        ],
      )
      return pageOf(rows, query.limit, (row) => [row.at, row.id])
    },
  )
}
