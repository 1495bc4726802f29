import { Id, Label, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { meeting } from '../meeting.ts'
import { reject } from '../rejections.ts'
import { duties } from './duties.ts'

const Attendee = Type.Object({ person: Type.String(), state: Type.Enum(['invited', 'present', 'leave-requested', 'leave-granted']) })
const Owed = Type.Object({
  duty: Type.String(),
  title: Type.String(),
  owner: Type.String(),
  unit: orNull(Type.String()),
  due: Type.String(),
  state: Type.Enum(['open', 'overdue', 'fulfilled']),
})
const Resolution = Type.Object({ resolution: Type.String(), text: Type.String(), duties: Type.Array(Owed) })
const Minutes = Type.Object({ text: Type.String(), drafter: orNull(Type.String()), document: orNull(Type.String()), label: orNull(Type.String()) })
const Overview = Type.Object({
  id: Type.String(),
  version: Type.Integer({ description: 'What a command may name as the version that was seen.' }),
  unit: Type.String(),
  title: Label,
  kind: Type.String(),
  at: Type.String(),
  status: Type.String(),
  chair: Type.String(),
  agenda: Type.Array(Type.String()),
  attendees: Type.Array(Attendee),
  resolutions: Type.Array(Resolution),
  minutes: orNull(Minutes),
})
const params = Type.Object({ id: Id })

/** One meeting with who is there, what was resolved and what became of it: for its readers, and for everyone invited. Why somebody asked for leave is not here. */
export const meetingOverview = (app: FastifyInstance, kernel: Kernel): void => {
  app.get(
    '/meetings/:id/overview',
    {
      schema: {
        operationId: 'meetingOverview',
        tags: ['activities'],
        summary: 'A meeting with its sign-ins, its resolutions with their duties, and its minutes',
        params,
        response: { 200: Overview },
      },
      config: { permission: 'meetings:read' },
    },
    async (request): Promise<Static<typeof Overview>> => {
      const { id } = request.params as Static<typeof params>
      const actor = kernel.actorOf(request)
      const { state, unit, version } = await kernel.load(meeting, id)
      if (state.status === 'none' || unit === null) throw reject('meeting-not-there', { meeting: id })
      if (actor.person === null || !state.invited.includes(actor.person)) await kernel.allow(actor, 'meetings:read', unit)
      const { title, kind, at, status, chair, agenda, invited, presence, resolutions, minutes } = state
      const fulfilled = new Set(
        (await kernel.query<{ id: string }>(duties, "select id from {duty} where source_id = $1 and status = 'fulfilled'", [id])).map((row) => row.id),
      )
      const now = kernel.now()
      return {
        id,
        version,
        unit,
        title,
        kind,
        at,
        status,
        chair,
        agenda,
        attendees: invited.map((person) => ({ person, state: presence[person] ?? 'invited' })),
        resolutions: resolutions.map(({ resolution, text, duties: owed }) => ({
          resolution,
          text,
          duties: owed.map(({ duty, title: what, owner, unit: where, due }) => ({
            duty,
            title: what,
            owner,
            unit: where,
            due,
            state: fulfilled.has(duty) ? 'fulfilled' : due < now ? 'overdue' : 'open',
          })),
        })),
        minutes,
      }
    },
  )
}
