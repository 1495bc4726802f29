import { keysOf, Listing, PageOf, pageOf } from '@collegium/shared/http/paging.ts'
import { Id, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { knownNames } from '../known-names.ts'
import { appointments } from '../views/appointments.ts'

/** What the caller objected to, and the answers: whoever may settle one owes it before the post can be taken. */

const Row = Type.Object({
  appointment: Id,
  objection: Id,
  person: Id,
  name: orNull(Type.String()),
  kind: Id,
  unit: Id,
  status: Type.String({ description: 'How far the appointment is.' }),
  noticeUntil: orNull(Type.String()),
  noticeDays: orNull(Type.Number({ description: 'By the policy in force when the notice was opened.' })),
  filedAt: Type.String(),
  settledAt: orNull(Type.String()),
  upheld: orNull(Type.Boolean()),
  answer: orNull(Type.String()),
})

export const objectionRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  const Asked = Listing({})
  app.get(
    '/objections',
    {
      schema: {
        operationId: 'ownObjections',
        tags: ['membership'],
        summary: 'Objections that the caller filed, the latest first, with the answer to each',
        querystring: Asked,
        response: { 200: PageOf(Row) },
      },
      config: { permission: 'signed-in' },
    },
    async (request) => {
      const actor = kernel.actorOf(request)
      const { limit, cursor } = request.query as Static<typeof Asked>
      const rows = await kernel.query<Omit<Static<typeof Row>, 'name'>>(
        appointments,
        `select o.appointment, objection, a.person, kind, unit, status, notice_until as "noticeUntil", notice_days as "noticeDays",
                filed_at as "filedAt", settled_at as "settledAt", upheld, answer
           from {objection} o join {appointment} a on a.appointment = o.appointment
          where o.person = $1 and ($2::text[] is null or (filed_at, o.appointment, objection) < ($2[1], $2[2], $2[3]))
          order by filed_at desc, o.appointment desc, objection desc limit $3`,
        [actor.person ?? '', keysOf(cursor, 3), limit + 1],
      )
      const { items, nextCursor } = pageOf(rows, limit, (row) => [row.filedAt, row.appointment, row.objection])
      const names = await knownNames(
        kernel,
        actor,
        items.map((row) => row.person),
      )
      return { items: items.map((row) => ({ ...row, name: names.get(row.person) ?? null })), nextCursor }
    },
  )
}
