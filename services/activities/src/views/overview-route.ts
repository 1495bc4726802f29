import { Id, Label, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { activity } from '../activity.ts'
import { duty } from '../duty.ts'
import { reject } from '../rejections.ts'
import { activities } from './activities.ts'

const Summary = Type.Object({ duty: Type.String(), owner: Type.String(), since: Type.String(), due: Type.String(), status: Type.String() })
const Spending = Type.Object({ receipt: Type.String(), amount: Type.Number({ description: 'In fen.' }), at: Type.String() })
const Overview = Type.Object({
  id: Type.String(),
  unit: Type.String(),
  version: Type.Integer({ description: 'What a command may name as the version that was seen.' }),
  status: Type.String(),
  title: Label,
  kind: Type.String(),
  theme: Type.String(),
  plan: Type.String(),
  risks: Type.String(),
  venue: Type.String(),
  startsAt: Type.String(),
  endsAt: Type.String(),
  openTo: Type.String(),
  walkIns: Type.Boolean(),
  major: Type.Boolean(),
  organizers: Type.Array(Type.String()),
  proposer: orNull(Type.String()),
  ground: orNull(Type.String({ description: 'Why it was rejected or cancelled.' })),
  capacity: Type.Integer(),
  registrationUntil: orNull(Type.String()),
  registered: Type.Integer(),
  waiting: Type.Integer(),
  attended: Type.Integer(),
  budget: Type.Number({ description: 'In fen.' }),
  spent: Type.Number({ description: 'In fen.' }),
  spendings: Type.Array(Spending),
  summary: orNull(Summary),
})
const params = Type.Object({ id: Id })

/** One activity with everything that its page shows at once. */
export const overviewRoute = (app: FastifyInstance, kernel: Kernel): void => {
  app.get(
    '/activities/:id/overview',
    {
      schema: {
        operationId: 'activityOverview',
        tags: ['activities'],
        summary: 'An activity with its counts, its money, and the summary that it owes',
        params,
        response: { 200: Overview },
      },
      config: { permission: 'activities:read' },
    },
    async (request): Promise<Static<typeof Overview>> => {
      const { id } = request.params as Static<typeof params>
      const { state, unit, version } = await kernel.load(activity, id)
      if (state.status === 'none' || unit === null) throw reject('activity-not-there', { activity: id })
      await kernel.allow(kernel.actorOf(request), 'activities:read', unit)
      const { proposal, registration, spent, ground, status } = state
      const [counts] = await kernel.query<{ registered: number | null; waiting: number | null; attended: number | null }>(
        activities,
        'select registered, waiting, attended from {count} where activity = $1',
        [id],
      )
      const spendings = await kernel.query<Static<typeof Spending>>(
        activities,
        'select receipt, amount::float8 as amount, at from {spending} where activity = $1 order by version',
        [id],
      )
      const owed = await kernel.load(duty, `summary.${id}`)
      return {
        id,
        unit,
        version,
        status,
        ...proposal,
        walkIns: proposal.walkIns,
        capacity: registration?.capacity ?? proposal.capacity,
        registrationUntil: registration?.until ?? null,
        registered: counts?.registered ?? 0,
        waiting: counts?.waiting ?? 0,
        attended: counts?.attended ?? 0,
        ground,
        spent,
        spendings,
        summary:
          owed.state.status === 'none'
            ? null
            : { duty: owed.id, owner: owed.state.owner, since: owed.state.since, due: owed.state.due, status: owed.state.status },
      }
    },
  )
}
