import { type AttendanceServer, AttendanceService } from '@collegium/proto/collegium/activities/v1/attendance.ts'
import { type DutiesServer, DutiesService } from '@collegium/proto/collegium/activities/v1/duties.ts'
import { type SpendingServer, SpendingService } from '@collegium/proto/collegium/activities/v1/spending.ts'
import type { Actor } from '@collegium/shared/aggregate.ts'
import { answer } from '@collegium/shared/grpc/answer.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import { activity } from './activity.ts'
import { attendance, attendanceId } from './attendance.ts'
import { activities } from './views/activities.ts'
import { duties } from './views/duties.ts'
import { meetings } from './views/meetings.ts'

type Fact = { stream: string; version: string }
const refs = (rows: readonly Fact[]) => rows.map(({ stream, version }) => ({ service: 'activities', stream, version: Number(version) }))

const attendanceOfPerson = async (kernel: Kernel, { person, from, to }: { person: string; from: string; to: string }) => {
  const span = [person, from, to]
  const places = await kernel.query<Fact & { attended: boolean; over: boolean; registered: boolean }>(
    activities,
    `select coalesce(presence.stream, place.stream) as stream, coalesce(presence.version, place.version) as version, presence.person is not null as attended,
            place.person is not null as registered, status in ('held', 'closed') as over
       from (select * from {place} where person = $1 and state = 'registered') as place
       full join (select * from {presence} where person = $1) as presence using (activity)
       join {activity} on id = activity
      where starts_at >= $2 and starts_at < $3 and status <> 'cancelled' order by starts_at, id`,
    span,
  )
  const seats = await kernel.query<Fact & { state: string }>(
    meetings,
    `select stream, version, state from {attendee} join {meeting} on id = meeting
      where person = $1 and at >= $2 and at < $3 and status not in ('called', 'open') order by at, id`,
    span,
  )
  const seated = (state: string): number => seats.filter((seat) => seat.state === state).length
  return {
    activities: {
      invited: 0,
      registered: places.filter((place) => place.registered).length,
      attended: places.filter((place) => place.attended).length,
      absent: places.filter((place) => place.registered && place.over && !place.attended).length,
      excused: 0,
    },
    meetings: { invited: seats.length, registered: 0, attended: seated('present'), absent: seated('absent'), excused: seated('excused') },
    evidence: refs([...places, ...seats]),
  }
}

const attendanceOfActivity = async (kernel: Kernel, id: string) => {
  const { state, unit, version } = await kernel.load(activity, id)
  if (state.status === 'none' || unit === null)
    return { exists: false, status: '', title: '', unit: '', registered: 0, attended: 0, organizers: [], startsAt: '', endsAt: '', evidence: [] }
  const places = await kernel.query<{ registered: number }>(
    activities,
    `select count(*)::int as registered from {place} where activity = $1 and state = 'registered'`,
    [id],
  )
  const present = await kernel.query<Fact>(activities, 'select stream, version from {presence} where activity = $1 order by person', [id])
  const { title, organizers, startsAt, endsAt } = state.proposal
  return {
    exists: true,
    status: state.status,
    title: title.zh,
    unit,
    registered: places[0]?.registered ?? 0,
    attended: present.length,
    organizers,
    startsAt,
    endsAt,
    evidence: refs([{ stream: `activity-${id}`, version: String(version) }, ...present]),
  }
}

const dutiesWhere = async (kernel: Kernel, condition: string, params: readonly unknown[]) => {
  const rows = await kernel.query<Fact & { status: string; on_time: boolean | null; due: string }>(
    duties,
    `select stream, version, status, on_time, due from {duty} where ${condition} and due >= $2 and due < $3 order by due, id`,
    params,
  )
  const now = kernel.now()
  return {
    assigned: rows.length,
    fulfilled: rows.filter((row) => row.status === 'fulfilled').length,
    onTime: rows.filter((row) => row.on_time === true).length,
    overdue: rows.filter((row) => row.status === 'open' && row.due < now).length,
    evidence: refs(rows),
  }
}

const spendingOfActivity = async (kernel: Kernel, id: string) => {
  const { state } = await kernel.load(activity, id)
  if (state.status === 'none') return { exists: false, budget: 0, spent: 0, evidence: [] }
  const spendings = await kernel.query<Fact>(activities, 'select stream, version from {spending} where activity = $1 order by version', [id])
  const decided = { stream: `activity-${id}`, version: '1' }
  return { exists: true, budget: state.proposal.budget, spent: state.spent, evidence: refs([decided, ...spendings]) }
}

/** A service asks for itself; a person's question is checked like their reading. */
const checked = async (kernel: Kernel, actor: Actor | null, permission: string, unit: string | null): Promise<void> => {
  const at = unit ?? kernel.directory().root()
  if (actor !== null && at !== null) await kernel.allow(actor, permission, at)
}
const unitOf = async (kernel: Kernel, id: string): Promise<string | null> => (await kernel.load(activity, id)).unit

/** What other services may ask about activities; counted answers carry the facts behind them. */
export const answers = (kernel: Kernel) => {
  const attendances: AttendanceServer = {
    ofPerson: answer(async (request, { actor }) => {
      if (actor?.person !== request.person) await checked(kernel, actor, 'activities:read', null)
      return attendanceOfPerson(kernel, request)
    }),
    ofActivity: answer(async (request, { actor }) => {
      await checked(kernel, actor, 'activities:read', await unitOf(kernel, request.activity))
      return attendanceOfActivity(kernel, request.activity)
    }),
    attended: answer(async (request, { actor }) => {
      if (actor?.person !== request.person) await checked(kernel, actor, 'activities:read', await unitOf(kernel, request.activity))
      return { attended: (await kernel.load(attendance, attendanceId(request.activity, request.person))).state.status === 'present' }
    }),
  }
  const dutiesOwed: DutiesServer = {
    ofPerson: answer(async ({ person, from, to }, { actor }) => {
      if (actor?.person !== person) await checked(kernel, actor, 'duties:read', null)
      return dutiesWhere(kernel, 'owner = $1', [person, from, to])
    }),
    ofUnit: answer(async ({ unit, from, to }, { actor }) => {
      await checked(kernel, actor, 'duties:read', unit)
      return dutiesWhere(kernel, 'unit = any($1)', [kernel.directory().subtree(unit), from, to])
    }),
  }
  const spending: SpendingServer = {
    ofActivity: answer(async (request, { actor }) => {
      await checked(kernel, actor, 'activities:read', await unitOf(kernel, request.activity))
      return spendingOfActivity(kernel, request.activity)
    }),
  }
  return [
    {
      definition: AttendanceService,
      implementation: attendances,
      callers: { ofPerson: ['assessment'], ofActivity: ['assessment', 'feedback', 'volunteers'], attended: ['feedback'] },
    },
    { definition: DutiesService, implementation: dutiesOwed, callers: { ofPerson: ['assessment', 'membership'], ofUnit: ['assessment'] } },
    { definition: SpendingService, implementation: spending, callers: { ofActivity: ['assessment'] } },
  ]
}
