import { keysOf, Listing, PageOf, pageOf } from '@collegium/shared/http/paging.ts'
import { Id, OneOf, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { knownNames } from '../known-names.ts'
import { appointments } from '../views/appointments.ts'

/** Appointments by state and unit: the public notices are those at `notice`. */

const Row = Type.Object({
  id: Id,
  status: Type.String(),
  person: Id,
  name: orNull(Type.String()),
  kind: Id,
  unit: Id,
  from: orNull(Type.String()),
  until: orNull(Type.String()),
  citation: orNull(Type.String()),
  standing: orNull(Type.Number()),
  grounds: orNull(Type.Array(Type.String())),
  noticeUntil: orNull(Type.String()),
  noticeDays: orNull(Type.Number({ description: 'By the policy in force when the notice was opened.' })),
  effect: orNull(Type.String()),
  openObjections: Type.Integer(),
  /** An office as a file recorded it: nobody proposed it here. */
  entered: Type.Boolean(),
  asked: orNull(Type.Enum(['proposed', 'objected'], { description: 'What the caller asked in it.' })),
  changed: Type.String(),
})

export const appointmentRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  const Asked = Listing({
    unit: Type.Optional(Id),
    person: Type.Optional(Id),
    status: Type.Optional(OneOf('open', 'proposed', 'recommended', 'ineligible', 'notice', 'withdrawn', 'held', 'left')),
    mine: Type.Optional(Type.Boolean({ description: 'Only what the caller proposed or objected to.' })),
  })
  app.get(
    '/appointments',
    {
      schema: {
        operationId: 'appointments',
        tags: ['membership'],
        summary: 'Appointments by state, at a unit and below',
        querystring: Asked,
        response: { 200: PageOf(Row) },
      },
      config: { permission: 'appointments:read' },
    },
    async (request) => {
      const actor = kernel.actorOf(request)
      const { unit, person, status, mine = false, limit, cursor } = request.query as Static<typeof Asked>
      const rows = await kernel.query<Omit<Static<typeof Row>, 'name'>>(
        appointments,
        `select {appointment}.appointment as id, status, {appointment}.person, kind, unit, since as "from", until, citation, standing, grounds,
           notice_until as "noticeUntil", notice_days as "noticeDays", effect, coalesce(o.open, 0) as "openObjections",
           not exists (select from {proposal} p where p.appointment = {appointment}.appointment) as entered, a.asked, changed
         from {appointment} left join {objections} o using (appointment) left join {asker} a on a.appointment = {appointment}.appointment and a.person = $6
         where (not $7 or a.asked is not null) and unit = any($1) and ($2::text is null or status = $2 or ($2 = 'open' and status in ('proposed', 'recommended', 'ineligible', 'notice'))) and ($5::text is null or {appointment}.person = $5) and ($3::text[] is null or {appointment}.appointment > $3[1])
         order by {appointment}.appointment limit $4`,
        [kernel.unitsWhere(actor, 'appointments:read', unit), status ?? null, keysOf(cursor, 1), limit + 1, person ?? null, actor.person, mine],
      )
      const { items, nextCursor } = pageOf(rows, limit, (row) => [row.id])
      const names = await knownNames(
        kernel,
        actor,
        items.map((row) => row.person),
      )
      return { items: items.map((row) => ({ ...row, name: names.get(row.person) ?? null })), nextCursor }
    },
  )
}
