import { PeopleClient } from '@collegium/proto/collegium/membership/v1/people.ts'
import type { Actor } from '@collegium/shared/aggregate.ts'
import { ask as question } from '@collegium/shared/grpc/client.ts'
import { keysOf, Listing, PageOf, pageOf } from '@collegium/shared/http/paging.ts'
import { Id, Label, orNull } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { isEligible } from '../eligibility.ts'
import { activities } from './activities.ts'

const tags = ['activities']
const Asked = Listing({})
const AskedOwn = Listing({ activity: Type.Optional(Id) })
const shown = {
  id: Type.String(),
  unit: Type.String(),
  title: Label,
  kind: Type.String(),
  status: Type.String(),
  venue: Type.String(),
  startsAt: Type.String(),
  endsAt: Type.String(),
  capacity: Type.Integer(),
  registered: Type.Integer(),
  waiting: Type.Integer(),
  registrationUntil: orNull(Type.String()),
}
const columns = `a.id, a.unit, a.title, a.kind, a.status, a.venue, a.starts_at as "startsAt", a.ends_at as "endsAt", a.capacity,
  coalesce(c.registered, 0) as registered, coalesce(c.waiting, 0) as waiting, a.registration_until as "registrationUntil"`
const Offer = Type.Object({ ...shown, mine: orNull(Type.Enum(['registered', 'waiting'])) })
const Own = Type.Object({
  ...shown,
  registration: orNull(Type.Enum(['registered', 'waiting'])),
  registeredAt: orNull(Type.String()),
  line: orNull(Type.Integer({ description: 'The place in the line of those who wait, from 1.' })),
  grade: orNull(Type.String({ description: 'By what evidence the person was there.' })),
  checkedInAt: orNull(Type.String()),
})

/** What somebody may take part in, and takes part in: for everyone about themselves. */
export const ownRoutes = (app: FastifyInstance, kernel: Kernel): void => {
  app.get(
    '/activities/open',
    {
      schema: {
        operationId: 'openActivities',
        tags,
        summary: 'Activities that take registrations and are open to the caller, the soonest first',
        querystring: Asked,
        response: { 200: PageOf(Offer) },
      },
      config: { permission: 'signed-in' },
    },
    async (request) => {
      const { limit, cursor } = request.query as Static<typeof Asked>
      const actor = kernel.actorOf(request)
      const now = kernel.now()
      const units = await unitsOpenTo(kernel, actor, now)
      const rows = await kernel.query<Static<typeof Offer>>(
        activities,
        `select ${columns}, p.state as mine
           from {activity} a left join {count} c on c.activity = a.id left join {place} p on p.activity = a.id and p.person = $1
          where a.status = 'registering' and a.registration_until >= $2 and (a.open_to = 'federation' or a.open_to = 'campus' and a.unit = any($3) or a.open_to = 'union' and a.unit = any($4))
            and ($5::text[] is null or (a.starts_at, a.id) > ($5[1], $5[2]))
          order by a.starts_at, a.id limit $6`,
        [actor.person, now, units.campus, units.union, keysOf(cursor, 2), limit + 1],
      )
      return pageOf(rows, limit, (row) => [row.startsAt, row.id])
    },
  )

  app.get(
    '/registrations',
    {
      schema: {
        operationId: 'ownRegistrations',
        tags,
        summary: 'Where the caller has a place, waits, or was, the latest start first',
        querystring: AskedOwn,
        response: { 200: PageOf(Own) },
      },
      config: { permission: 'signed-in' },
    },
    async (request) => {
      const { activity, limit, cursor } = request.query as Static<typeof AskedOwn>
      const rows = await kernel.query<Static<typeof Own>>(
        activities,
        `select ${columns}, p.state as registration, p.at as "registeredAt", e.grade, e.at as "checkedInAt",
                case when p.state = 'waiting' then (select count(*)::int from {place} o where o.activity = p.activity and o.state = 'waiting' and o.version <= p.version) end as line
           from (select activity, state, at, version from {place} where person = $1) p
           full join (select activity, grade, at from {presence} where person = $1) e using (activity)
           join {activity} a on a.id = activity left join {count} c on c.activity = a.id
          where ($2::text[] is null or (a.starts_at, a.id) < ($2[1], $2[2])) and ($4::text is null or a.id = $4)
          order by a.starts_at desc, a.id desc limit $3`,
        [kernel.actorOf(request).person, keysOf(cursor, 2), limit + 1, activity ?? null],
      )
      return pageOf(rows, limit, (row) => [row.startsAt, row.id])
    },
  )
}

/** The units whose activities are open to somebody where they are open to their campus, or to their union. */
const unitsOpenTo = async (kernel: Kernel, actor: Actor, now: string): Promise<{ campus: string[]; union: string[] }> => {
  const directory = kernel.directory()
  const hasColleges = directory.snapshot.units.some((unit) => unit.kind === 'union' && unit.level === 'college')
  const who = { person: actor.person ?? '', campus: actor.home, college: hasColleges ? await collegeOf(kernel, actor.person) : null }
  const open = (openTo: 'campus' | 'union'): string[] =>
    directory.snapshot.units.filter((unit) => isEligible(directory, openTo, unit.id, who, now)).map((unit) => unit.id)
  return { campus: open('campus'), union: open('union') }
}

const collegeOf = async (kernel: Kernel, person: string | null): Promise<string | null> => {
  if (person === null) return null
  const { cards } = await question(kernel.client(PeopleClient, 'membership'), 'cards', { persons: [person], fields: ['college'] })
  return cards[0]?.college ?? null
}
