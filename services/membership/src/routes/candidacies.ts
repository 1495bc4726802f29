import { closed, Id, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import type { Ask } from '../ask.ts'
import { candidacyOf, checksOf } from '../eligibility.ts'
import { people } from '../views/people.ts'

/** What would be found if somebody were proposed for a post now: asked while a proposal is written, decided by nobody. */

const Check = Type.Object({
  check: Type.String({ description: 'own-case, unknown-person, standing, discipline, already-held, or the policy that sets a limit.' }),
  /** Null: the reader may not read this person, so nothing is said. */
  kept: orNull(Type.Boolean()),
  limit: orNull(Type.Number({ description: 'The value of the policy.' })),
  setBy: orNull(Id),
})
const Found = Type.Object({
  checks: Type.Array(Check),
  notice: orNull(Type.Object({ days: Type.Number(), setBy: Id, until: Type.String({ description: 'If it were recommended now.' }) })),
})

const dayMs = 24 * 60 * 60 * 1000

export const candidacyRoutes = (app: FastifyInstance, kernel: Kernel, ask: Ask): void => {
  const Asked = Type.Object({ person: Id, kind: Id, unit: Id })
  app.get(
    '/candidacies',
    {
      schema: {
        operationId: 'candidacy',
        tags: ['membership'],
        summary: 'What the eligibility check would find, and how long the notice would run',
        querystring: closed(Asked),
        response: { 200: Found },
      },
      config: { permission: 'appointments:propose' },
    },
    async (request) => {
      const asked = request.query as Static<typeof Asked>
      const actor = kernel.actorOf(request)
      await kernel.allow(actor, 'appointments:propose', asked.unit)
      const now = kernel.now()
      const { policy } = kernel.directory()
      const inForce = (name: string) => policy.call(kernel.directory(), name, asked.unit, now)
      const days = inForce('public-notice.days')
      const notice = days && { days: Number(days.value), setBy: days.unit, until: new Date(Date.parse(now) + Number(days.value) * dayMs).toISOString() }
      const [found] = await kernel.query<{ campus: string; college: string | null }>(people, 'select campus, college from {person} where person = $1', [
        asked.person,
      ])
      const plain = { limit: null, setBy: null }
      if (!found) return { checks: [{ check: 'unknown-person', kept: false, ...plain }], notice: notice ?? null }
      // What a score says of somebody is for those who may read them; who holds what is for everybody.
      const readable = kernel.unitsWhere(actor, 'people:read')
      const mayRead = actor.person === asked.person || readable.includes(found.campus) || readable.includes(found.college ?? '')
      const checks = checksOf(await candidacyOf(ask, asked, now)).map(({ check, kept, confidential }) => {
        const limit = inForce(check)
        const isKept = kept(limit === undefined ? Number.NaN : Number(limit.value))
        return { check, kept: confidential && !mayRead ? null : isKept, limit: limit ? Number(limit.value) : null, setBy: limit?.unit ?? null }
      })
      return { checks: [{ check: 'own-case', kept: actor.person !== asked.person, ...plain }, ...checks], notice: notice ?? null }
    },
  )
}
