import { keysOf, Listing, PageOf, pageOf } from '@collegium/shared/http/paging.ts'
import { Id, Instant, Label, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { activity } from '../activity.ts'
import { shownCode } from '../check-in-code.ts'
import { reject } from '../rejections.ts'
import { activities } from './activities.ts'

const Search = Listing({
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'A part of the title, in either language.' })),
  unit: Type.Optional(Id),
  status: Type.Optional(Id),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
})
const Attendees = Listing({ state: Type.Optional(Type.Enum(['registered', 'waiting', 'attended'])) })
const ActivityRow = Type.Object({
  id: Type.String(),
  unit: Type.String(),
  title: Label,
  kind: Type.String(),
  status: Type.String(),
  venue: Type.String(),
  startsAt: Type.String(),
  endsAt: Type.String(),
  capacity: Type.Integer(),
  openTo: Type.String(),
  major: Type.Boolean(),
  organizers: Type.Array(Type.String()),
  budget: Type.Number({ description: 'In fen.' }),
  registrationUntil: orNull(Type.String()),
  heldAt: orNull(Type.String()),
  registered: Type.Integer(),
  waiting: Type.Integer(),
  attended: Type.Integer(),
  spent: Type.Number({ description: 'In fen.' }),
})
const Attendee = Type.Object({
  person: Type.String(),
  registration: orNull(Type.String()),
  registeredAt: orNull(Type.String()),
  grade: orNull(Type.String()),
  checkedInAt: orNull(Type.String()),
})
const Code = Type.Object({ code: Type.String(), payload: Type.String({ description: 'The text of the QR picture.' }), validUntil: Type.String() })
const params = Type.Object({ id: Id })
const tags = ['activities']

/** Lists over activities, and the code that the organizer's screen shows. */
export const activityRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  app.get(
    '/activities',
    {
      schema: {
        operationId: 'listActivities',
        tags,
        summary: 'Activities, the latest start first',
        querystring: Search,
        response: { 200: PageOf(ActivityRow) },
      },
      config: { permission: 'activities:read' },
    },
    async (request) => {
      const query = request.query as Static<typeof Search>
      const units = kernel.unitsWhere(kernel.actorOf(request), 'activities:read', query.unit)
      const rows = await kernel.query<Static<typeof ActivityRow>>(
        activities,
        `select id, unit, title, kind, status, venue, starts_at as "startsAt", ends_at as "endsAt", capacity, open_to as "openTo", major,
                organizers, budget::float8 as budget, registration_until as "registrationUntil", held_at as "heldAt",
                coalesce(registered, 0) as registered, coalesce(waiting, 0) as waiting, coalesce(attended, 0) as attended, coalesce(spent, 0)::float8 as spent
           from {activity} left join {count} on activity = id
          where (unit = any($1) or ($7 and open_to = 'federation' and status in ('announced', 'registering'))) and ($2::text is null or status = $2) and ($3::text is null or starts_at >= $3) and ($4::text is null or starts_at < $4)
            and ($5::text[] is null or (starts_at, id) < ($5[1], $5[2]))
            and ($8::text is null or title->>'zh' ilike $8 or title->>'en' ilike $8)
          order by starts_at desc, id desc limit $6`,
        [
          units,
          query.status ?? null,
          query.from ?? null,
          query.to ?? null,
          keysOf(query.cursor, 2),
          query.limit + 1,
          // What is open to all campuses is seen from each of them.
          query.unit === undefined && units.length > 0,
          query.q === undefined ? null : `%${query.q.trim().replace(/[\\%_]/g, '\\$&')}%`,
        ],
      )
      return pageOf(rows, query.limit, (row) => [row.startsAt, row.id])
    },
  )

  app.get(
    '/activities/:id/attendees',
    {
      schema: {
        operationId: 'listAttendees',
        tags,
        summary: 'Who registered, waits or came',
        params,
        querystring: Attendees,
        response: { 200: PageOf(Attendee) },
      },
      config: { permission: 'registrations:read' },
    },
    async (request) => {
      const query = request.query as Static<typeof Attendees>
      const { id, unit } = await existing(kernel, (request.params as { id: string }).id)
      await kernel.allow(kernel.actorOf(request), 'registrations:read', unit)
      const rows = await kernel.query<Static<typeof Attendee>>(
        activities,
        `select person, place.state as registration, place.at as "registeredAt", presence.grade, presence.at as "checkedInAt"
           from (select * from {place} where activity = $1) as place full join (select * from {presence} where activity = $1) as presence using (person)
          where ($2::text is null or place.state = $2 or ($2 = 'attended' and presence.grade is not null)) and ($3::text[] is null or person > $3[1])
          order by person limit $4`,
        [id, query.state ?? null, keysOf(query.cursor, 1), query.limit + 1],
      )
      return pageOf(rows, query.limit, (row) => [row.person])
    },
  )

  app.get(
    '/activities/:id/code',
    {
      schema: {
        operationId: 'checkInCode',
        tags,
        summary: 'The check-in code to show now; it changes every 30 seconds',
        params,
        response: { 200: Code },
      },
      config: { permission: 'activities:check-in' },
    },
    async (request, reply) => {
      const { id, unit, status } = await existing(kernel, (request.params as { id: string }).id)
      await kernel.allow(kernel.actorOf(request), 'activities:check-in', unit)
      if (status !== 'announced' && status !== 'registering' && status !== 'held') throw reject('check-in-closed', { status })
      reply.header('cache-control', 'no-store')
      return shownCode(kernel.secret('check-in'), id, kernel.now())
    },
  )
}

const existing = async (kernel: Kernel, id: string): Promise<{ id: string; unit: string; status: string }> => {
  const { state, unit } = await kernel.load(activity, id)
  if (unit === null) throw reject('activity-not-there', { activity: id })
  return { id, unit, status: state.status }
}
