import { aggregate, commandsOf, type EventOf } from '@collegium/shared/aggregate.ts'
import { Id, Instant } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import type { Activity } from './activity-state.ts'
import type { CodeVerdict } from './check-in-code.ts'
import { type DoorScan, isSignedBy } from './door-scan.ts'
import { checkedIn, checkedInWithProof } from './events.ts'
import { reject } from './rejections.ts'
import { self } from './self.ts'

type AttendanceEvent = EventOf<typeof checkedIn> | EventOf<typeof checkedInWithProof>

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

type KnownKey = { readonly holder: string; readonly key: string; readonly registered: string }
type Ask = {
  readonly activity: (id: string) => Promise<Activity>
  readonly unitOf: (activity: string) => Promise<string>
  readonly hasPlace: (activity: string, person: string) => Promise<boolean>
  /** A device's key, and since when the server knows it; null where it was never registered for this activity. */
  readonly doorKey: (activity: string, id: string) => Promise<KnownKey | null>
  readonly judgeCode: (activity: string, scanned: string, now: string) => Promise<CodeVerdict>
}
const command = commandsOf<Attendance, AttendanceEvent, Ask>()

/** Both at once: at the door each question less is felt. */
const placeOf = async (ask: Ask, id: string, person: string): Promise<{ activity: Activity; registered: boolean }> => {
  const [activity, registered] = await Promise.all([ask.activity(id), ask.hasPlace(id, person)])
  return { activity, registered }
}

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
    ...(await placeOf(ask, input.activity, self(actor))),
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
  facts: (ask, { input }) => placeOf(ask, input.activity, input.person),
  decide: (attendance, { activity, person }, { actor, now, facts, policy }) => {
    if (attendance.status === 'present') return []
    if (actor.person === person) throw reject('own-attendance')
    admitted(facts.activity, activity, facts.registered, now, policy(opensBefore))
    return [{ type: 'activities.checked-in.v1', data: { activity, person, grade: 'staff-scan' } }]
  },
})

/** What a device may say of a scan: by a key that was known before, of its own holder, unaltered. */
const proven = (key: KnownKey | null, scan: DoorScan, signature: string, holder: string): void => {
  if (key === null) throw reject('door-key-unknown')
  if (key.holder !== holder) throw reject('door-key-of-another', { holder: key.holder })
  if (!isSignedBy(key.key, scan, signature)) throw reject('scan-forged')
  if (scan.at < key.registered) throw reject('scan-before-key', { at: scan.at, registered: key.registered })
}

/** A scan that was made without a network, sent afterwards: it occurs when the device says, recorded when it came. */
export const recordOfflineScan = command({
  route: 'POST /attendances/offline-scans',
  permission: 'activities:check-in',
  input: Type.Object({
    activity: Id,
    person: Id,
    at: Instant,
    scan: Id,
    key: Id,
    signature: Type.String({ minLength: 1, maxLength: 200, description: 'ECDSA with P-256 and SHA-256 over the scan, as base64url.' }),
  }),
  attested: ({ at }) => at,
  facts: async (ask, { input }) => ({
    key: await ask.doorKey(input.activity, input.key),
    ...(await placeOf(ask, input.activity, input.person)),
  }),
  decide: (attendance, { activity, person, at, scan, key, signature }, { actor, now, facts, policy }) => {
    proven(facts.key, { activity, person, at, scan }, signature, self(actor))
    if (attendance.status === 'present') return []
    if (actor.person === person) throw reject('own-attendance')
    admitted(facts.activity, activity, facts.registered, now, policy(opensBefore))
    const data = { activity, person, grade: 'staff-scan-offline' as const, proof: { key, scan, at, signature } }
    return [{ type: 'activities.checked-in.v2', data }]
  },
})

export const attendance = aggregate<Attendance, AttendanceEvent>({
  name: 'attendance',
  path: '/attendances',
  read: 'registrations:read',
  events: [checkedIn, checkedInWithProof],
  initial,
  evolve,
  identify: (input, actor) => attendanceId(input.activity, input.person ?? self(actor)),
  unit: (ask: Ask, input) => ask.unitOf(input.activity),
  commands: { checkInByCode, scanAttendance, recordOfflineScan },
})
