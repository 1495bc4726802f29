import { keysOf, Listing, PageOf, pageOf } from '@collegium/shared/http/paging.ts'
import { Id, OneOf, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { erasure } from '../erasure.ts'
import { erasures } from '../views/erasures.ts'

/** Requests for erasure: the list for those who decide, and one's own. */

const Hold = Type.Object({ ground: Type.String(), about: orNull(Id), until: orNull(Type.String()) })
const Row = Type.Object({
  person: Id,
  unit: Id,
  status: Type.String({ description: 'requested, held, withdrawn, erased, complete' }),
  basis: Type.String(),
  requestedBy: orNull(Id),
  requested: Type.String(),
  holds: Type.Array(Hold),
  approvedBy: Type.Array(Id),
  due: orNull(Type.String()),
  /** Who has not acknowledged yet. */
  missing: Type.Array(Id),
})
const Own = Type.Object({
  status: Type.String({ description: 'none, or as in the list' }),
  basis: orNull(Type.String()),
  holds: Type.Array(Hold),
  approvals: Type.Integer(),
})

export const erasureRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  const Asked = Listing({ unit: Type.Optional(Id), status: Type.Optional(OneOf('requested', 'held', 'withdrawn', 'erased', 'complete')) })
  app.get(
    '/erasures',
    {
      schema: {
        operationId: 'erasures',
        tags: ['membership'],
        summary: 'Requests for erasure, latest first, with holds, approvals and missing acknowledgements',
        querystring: Asked,
        response: { 200: PageOf(Row) },
      },
      config: { permission: 'erasures:approve' },
    },
    async (request) => {
      const { unit, status, limit, cursor } = request.query as Static<typeof Asked>
      const rows = await kernel.query<Static<typeof Row>>(
        erasures,
        `select person, unit, status, basis, requested_by as "requestedBy", requested, holds, due,
                array(select by from {approval} a where a.person = e.person and a.at >= e.requested order by at) as "approvedBy",
                array(select s from jsonb_array_elements_text(services) s
                       where not exists (select from {acknowledgement} k where k.person = e.person and k.service = s)) as missing
           from {erasure} e
          where unit = any($1) and ($2::text is null or status = $2) and ($3::text[] is null or (requested, person) < ($3[1], $3[2]))
          order by requested desc, person desc limit $4`,
        [kernel.unitsWhere(kernel.actorOf(request), 'erasures:approve', unit), status ?? null, keysOf(cursor, 2), limit + 1],
      )
      return pageOf(rows, limit, (row) => [row.requested, row.person])
    },
  )

  app.get(
    '/people/:id/erasure',
    {
      schema: {
        operationId: 'personErasure',
        tags: ['membership'],
        summary: 'How far the erasure of a person is: for themselves, and for those who decide',
        params: Type.Object({ id: Id }),
        response: { 200: Own },
      },
      config: { permission: 'signed-in' },
    },
    async (request) => {
      const { id } = request.params as { id: string }
      const actor = kernel.actorOf(request)
      const { state, unit } = await kernel.load(erasure, id)
      if (actor.person !== id) await kernel.allow(actor, 'erasures:approve', unit ?? kernel.directory().root() ?? '—')
      if (state.status === 'none') return { status: 'none', basis: null, holds: [], approvals: 0 }
      return { status: state.status, basis: state.basis, holds: [...state.holds], approvals: state.approvedBy.length }
    },
  )
}
