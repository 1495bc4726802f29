import { aggregate, commandsOf, type EventOf } from '@collegium/shared/aggregate.ts'
import { Id } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import type { Activity } from './activity-state.ts'
import type { CodeVerdict } from './check-in-code.ts'
import { checkedIn } from './events.ts'
import { reject } from './rejections.ts'
import { self } from './self.ts'

type AttendanceEvent = EventOf<typeof checkedIn>

/** One person at one activity, at most once. Its id is `<activity>.<person>`: a rush at the door never waits in one line. */
export type Attendance = { status: 'none' } | { status: 'present'; activity: string; person: string; grade: string }

const initial = (): Attendance => ({ status: 'none' })

const evolve = (_attendance: Attendance, { data }: AttendanceEvent): Attendance => ({
  status: 'present',
  activity: data.activity,
  person: data.person,
  grade: data.grade,
})

export const attendanceId = (activity: string, person: string): string => `${activity}.${person}`

// ---- decisions -------------------------------------------------------------------------------------------------

type Ask = {
  readonly activity: (id: string) => Promise<Activity>
  readonly unitOf: (activity: string) => Promise<string>
  readonly hasPlace: (activity: string, person: string) => Promise<boolean>
  readonly judgeCode: (activity: string, scanned: string, now: string) => Promise<CodeVerdict>
}
const command = commandsOf<Attendance, AttendanceEvent, Ask>()

/** Refuses what no grade of evidence can heal: the wrong time, the wrong place, nobody's place. */
const admitted = (activity: Activity, activityId: string, registered: boolean, now: string, opensBefore: number): void => {
  if (activity.status === 'none') throw reject('activity-not-there', { activity: activityId })
  const { status, proposal, registration } = activity
  // Held, not yet closed: the lists from the door are still being entered.
  if (status !== 'announced' && status !== 'registering' && status !== 'held') throw reject('check-in-closed', { status })
  const opensAt = new Date(Date.parse(proposal.startsAt) - opensBefore * 60_000).toISOString()
  if (now < opensAt) throw reject('check-in-not-open', { opensAt })
  if (registration !== null && !proposal.walkIns && !registered) throw reject('not-registered')
}

const opensBefore = 'check-in.opens-before.minutes'

export const checkInByCode = command({
  route: 'POST /attendances',
  permission: 'activities:attend',
  at: 'home',
  input: Type.Object({ activity: Id, code: Type.String({ minLength: 1, maxLength: 200, description: 'The code, or the whole text of the QR picture.' }) }),
  facts: async (ask, { input, actor, now }) => ({
    activity: await ask.activity(input.activity),
    registered: await ask.hasPlace(input.activity, self(actor)),
    code: await ask.judgeCode(input.activity, input.code, now),
  }),
  decide: (attendance, input, { actor, now, facts, policy }) => {
    if (attendance.status === 'present') return []
    if (facts.activity.status !== 'none' && facts.code === 'another-activity') throw reject('code-of-another-activity')
    admitted(facts.activity, input.activity, facts.registered, now, policy(opensBefore))
    if (facts.code === 'expired') throw reject('code-expired')
    if (facts.code !== 'valid') throw reject('code-wrong')
    return [{ type: 'activities.checked-in.v1', data: { activity: input.activity, person: self(actor), grade: 'rotating-code' } }]
  },
})

export const scanAttendance = command({
  route: 'POST /attendances/scans',
  permission: 'activities:check-in',
  input: Type.Object({ activity: Id, person: Id }),
  facts: async (ask, { input }) => ({ activity: await ask.activity(input.activity), registered: await ask.hasPlace(input.activity, input.person) }),
  decide: (attendance, { activity, person }, { actor, now, facts, policy }) => {
    if (attendance.status === 'present') return []
    if (actor.person === person) throw reject('own-attendance')
    admitted(facts.activity, activity, facts.registered, now, policy(opensBefore))
    return [{ type: 'activities.checked-in.v1', data: { activity, person, grade: 'staff-scan' } }]
  },
})

export const attendance = aggregate<Attendance, AttendanceEvent>({
  name: 'attendance',
  path: '/attendances',
  read: 'registrations:read',
  events: [checkedIn],
  initial,
  evolve,
  identify: (input, actor) => attendanceId(input.activity, input.person ?? self(actor)),
  unit: (ask: Ask, input) => ask.unitOf(input.activity),
  commands: { checkInByCode, scanAttendance },
})
