import { unitsToRead } from '@collegium/shared/http/let-read.ts'
import { keysOf, Listing, PageOf, pageOf, unitFilter } from '@collegium/shared/http/paging.ts'
import { Id, Instant, Label, OneOf, orNull } from '@collegium/shared/schema.ts'
import type { Service } from '@collegium/shared/service.ts'
import Type, { type Static } from 'typebox'
import { shift } from './shift.ts'
import { stint } from './stint.ts'
import { shifts } from './views/shifts.ts'
import { stints } from './views/stints.ts'

const ShiftList = Listing({
  ...unitFilter,
  activity: Type.Optional(Id),
  category: Type.Optional(Id),
  status: Type.Optional(OneOf('open', 'closed')),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
})
const StintList = Listing({
  ...unitFilter,
  shift: Type.Optional(Id),
  status: Type.Optional(OneOf('in', 'out', 'entered', 'confirmed', 'refused', 'no-show')),
})
const SignUpList = Listing({})
const Span = Type.Object({ from: Type.Optional(Instant), to: Type.Optional(Instant) }, { additionalProperties: false })
const shiftFields = {
  id: Type.String(),
  unit: Type.String(),
  activity: orNull(Type.String()),
  title: Label,
  category: Type.String(),
  place: Type.String(),
  from: Type.String(),
  to: Type.String(),
  seats: Type.Integer(),
  status: OneOf('open', 'closed'),
}
const ShiftRow = Type.Object({ ...shiftFields, taken: Type.Integer(), waiting: Type.Integer() })
const OwnSignUp = Type.Object({
  ...shiftFields,
  seat: Type.String({ description: 'seated, waiting, or what became of it.' }),
  line: { ...orNull(Type.Integer()), description: 'Which one on the waitlist, from 1.' },
})
const SignUp = Type.Object({ person: Type.String(), status: Type.String(), since: Type.String(), service: orNull(Type.String()) })
const stintFields = {
  shift: Type.String(),
  unit: Type.String(),
  status: Type.String(),
  activity: orNull(Type.String()),
  from: orNull(Type.String()),
  to: orNull(Type.String()),
  minutes: orNull(Type.Integer()),
  ground: orNull(Type.String()),
}
const StintRow = Type.Object({ id: Type.String(), person: Type.String(), ...stintFields })
const Hours = Type.Object({ person: Type.String(), minutes: Type.Integer({ description: 'Confirmed ones.' }), items: Type.Array(Type.Object(stintFields)) })
const tags = ['volunteers']

const columns = `s.id, s.unit, s.activity, s.title, s.category, s.place, s.starts_at as "from", s.ends_at as "to", s.seats, s.status`
const counted = (status: string) => `(select count(*)::int from {sign_up} u where u.shift = s.id and u.status = '${status}')`

const placeInLine = `case when u.status = 'waiting' then
  (select count(*)::int from {sign_up} w where w.shift = u.shift and w.status = 'waiting' and (w.since, w.person) <= (u.since, u.person)) end`

/** Lists over the views of volunteers. */
export const routes: NonNullable<Service['routes']> = (app, kernel) => {
  app.get(
    '/shifts',
    {
      schema: {
        operationId: 'shifts',
        tags,
        summary: 'Shifts, soonest first, with seats taken and people waiting',
        querystring: ShiftList,
        response: { 200: PageOf(ShiftRow) },
      },
      config: { permission: 'volunteers:read' },
    },
    async (request) => {
      const { unit, activity, category, status, from, to, limit, cursor } = request.query as Static<typeof ShiftList>
      const rows = await kernel.query<Static<typeof ShiftRow>>(
        shifts,
        `select ${columns}, ${counted('seated')} as taken, ${counted('waiting')} as waiting from {shift} s
          where s.unit = any($1) and ($2::text is null or s.activity = $2) and ($3::text is null or s.category = $3) and ($4::text is null or s.status = $4)
            and ($5::text is null or s.ends_at >= $5) and ($6::text is null or s.starts_at < $6)
            and ($7::text[] is null or (s.starts_at, s.id) > ($7[1], $7[2])) order by s.starts_at, s.id limit ${limit + 1}`,
        [kernel.unitsWhere(kernel.actorOf(request), 'volunteers:read', unit), activity, category, status, from, to, keysOf(cursor, 2)],
      )
      return pageOf(rows, limit, (row) => [row.from, row.id])
    },
  )

  app.get(
    '/shifts/:id/sign-ups',
    {
      schema: {
        operationId: 'signUpsOfShift',
        tags,
        summary: 'Who has a seat, who waits, and what became of them',
        params: Type.Object({ id: Id }),
        response: { 200: Type.Object({ items: Type.Array(SignUp) }) },
      },
      config: { permission: 'registrations:read' },
    },
    async (request) => {
      const { id } = request.params as { id: string }
      const found = await kernel.load(shift, id)
      await kernel.allow(kernel.actorOf(request), 'registrations:read', found.unit ?? kernel.directory().root() ?? id)
      const signUps = await kernel.query(shifts, 'select person, status, since from {sign_up} where shift = $1 order by since, person', [id])
      const served = await kernel.query(stints, 'select person, status from {stint} where shift = $1', [id])
      const services = new Map(served.map((row) => [row.person, row.status]))
      return { items: signUps.map((row) => ({ ...row, service: services.get(row.person) ?? null })) }
    },
  )

  app.get(
    '/sign-ups',
    {
      schema: {
        operationId: 'ownSignUps',
        tags,
        summary: 'The shifts that the caller has signed up for, latest first',
        querystring: SignUpList,
        response: { 200: PageOf(OwnSignUp) },
      },
      config: { permission: 'signed-in' },
    },
    async (request) => {
      const { limit, cursor } = request.query as Static<typeof SignUpList>
      const rows = await kernel.query<Static<typeof OwnSignUp>>(
        shifts,
        `select ${columns}, u.status as seat, ${placeInLine} as line from {sign_up} u join {shift} s on s.id = u.shift
          where u.person = $1 and ($2::text[] is null or (s.starts_at, s.id) < ($2[1], $2[2])) order by s.starts_at desc, s.id desc limit ${limit + 1}`,
        [kernel.actorOf(request).person, keysOf(cursor, 2)],
      )
      return pageOf(rows, limit, (row) => [row.from, row.id])
    },
  )

  app.get(
    '/stints',
    {
      schema: {
        operationId: 'stints',
        tags,
        summary: 'Services on shifts, as those who confirm them see them',
        querystring: StintList,
        response: { 200: PageOf(StintRow) },
      },
      config: { permission: 'signed-in' },
    },
    async (request) => {
      const { unit, shift: of, status, limit, cursor } = request.query as Static<typeof StintList>
      const rows = await kernel.query<Static<typeof StintRow>>(
        stints,
        `select shift || '.' || person as id, shift, person, unit, status, activity, starts_at as "from", ends_at as "to", minutes, ground from {stint}
          where unit = any($1) and ($2::text is null or shift = $2) and ($3::text is null or status = $3)
            and ($4::text[] is null or (shift, person) > ($4[1], $4[2])) order by shift, person limit ${limit + 1}`,
        [unitsToRead(kernel, kernel.actorOf(request), stint, unit), of, status, keysOf(cursor, 2)],
      )
      return pageOf(rows, limit, (row) => [row.shift, row.person])
    },
  )

  app.get(
    '/volunteers/:person/hours',
    {
      schema: {
        operationId: 'hoursOfPerson',
        tags,
        summary: "A volunteer's services and confirmed minutes: one's own, or where one may read",
        params: Type.Object({ person: Id }),
        querystring: Span,
        response: { 200: Hours },
      },
      config: { permission: 'signed-in' },
    },
    async (request) => {
      const { person } = request.params as { person: string }
      const { from, to } = request.query as Static<typeof Span>
      const actor = kernel.actorOf(request)
      const readable = kernel.unitsWhere(actor, 'registrations:read')
      if (actor.person !== person && readable.length === 0) await kernel.allow(actor, 'registrations:read', kernel.directory().root() ?? 'federation')
      const items = await kernel.query<{ status: string; minutes: number | null }>(
        stints,
        `select shift, unit, status, activity, starts_at as "from", ends_at as "to", minutes, ground from {stint}
          where person = $1 and ($2::text is null or starts_at >= $2) and ($3::text is null or starts_at < $3) and ($4::text[] is null or unit = any($4))
          order by starts_at nulls last, shift`,
        [person, from, to, actor.person === person ? null : readable],
      )
      return { person, minutes: items.reduce((sum, each) => sum + (each.status === 'confirmed' ? (each.minutes ?? 0) : 0), 0), items }
    },
  )
}
