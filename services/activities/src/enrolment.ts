import { type Actor, aggregate, commandsOf, type EventOf } from '@collegium/shared/aggregate.ts'
import { Id } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import type { Activity } from './activity-state.ts'
import { promoted, registered, registrationCancelled, waitlisted, waitlistLeft } from './events.ts'
import { reject } from './rejections.ts'
import { self } from './self.ts'

const events = [registered, waitlisted, promoted, registrationCancelled, waitlistLeft] as const
type EnrolmentEvent = EventOf<(typeof events)[number]>

/** Who holds a place in an activity, and who waits in which order. Its id is the activity's. */
export type Enrolment =
  | { status: 'none' }
  | { status: 'open'; activity: string; taken: number /** everyone with a place */; places: Record<string, true>; waiting: string[] }
type OpenEnrolment = Extract<Enrolment, { status: 'open' }>

const initial = (): Enrolment => ({ status: 'none' })

const evolve = (before: Enrolment, { type, data }: EnrolmentEvent): Enrolment => {
  const enrolment: OpenEnrolment = before.status === 'open' ? before : { status: 'open', activity: data.activity, taken: 0, places: {}, waiting: [] }
  switch (type) {
    case 'activities.registered.v1':
      return seat(enrolment, data.person)
    case 'activities.waitlisted.v1':
      enrolment.waiting.push(data.person)
      return enrolment
    case 'activities.promoted.v1':
      return seat(leaveQueue(enrolment, data.person), data.person)
    case 'activities.registration-cancelled.v1':
      delete enrolment.places[data.person]
      enrolment.taken -= 1
      return enrolment
    case 'activities.waitlist-left.v1':
      return leaveQueue(enrolment, data.person)
  }
}

const seat = (enrolment: OpenEnrolment, person: string): OpenEnrolment => {
  enrolment.places[person] = true
  enrolment.taken += 1
  return enrolment
}

const leaveQueue = (enrolment: OpenEnrolment, person: string): OpenEnrolment => {
  enrolment.waiting = enrolment.waiting.filter((each) => each !== person)
  return enrolment
}

export const hasPlace = (enrolment: Enrolment, person: string): boolean => enrolment.status === 'open' && enrolment.places[person] === true

// ---- decisions -------------------------------------------------------------------------------------------------

type Ask = {
  readonly activity: (id: string) => Promise<Activity>
  readonly unitOf: (activity: string) => Promise<string>
  /** Is the activity open to this person? `actor` says more of somebody who asks for themselves. */
  readonly mayTakePart: (activity: string, person: string, actor: Actor | null, now: string) => Promise<boolean>
}
type Facts = { readonly activity: Activity; readonly eligible: boolean }
const command = commandsOf<Enrolment, EnrolmentEvent, Ask>()

const enrol = (enrolment: Enrolment, activityId: string, person: string, { activity, eligible }: Facts, now: string): EnrolmentEvent[] => {
  const open: OpenEnrolment = enrolment.status === 'open' ? enrolment : { status: 'open', activity: activityId, taken: 0, places: {}, waiting: [] }
  if (hasPlace(open, person) || open.waiting.includes(person)) return []
  if (activity.status === 'none') throw reject('activity-not-there', { activity: activityId })
  if (activity.status !== 'registering' || activity.registration === null) throw reject('registration-closed', { why: activity.status })
  if (now > activity.registration.until) throw reject('registration-closed', { why: `until ${activity.registration.until}` })
  if (!eligible) throw reject('not-eligible', { openTo: activity.proposal.openTo })
  const data = { activity: activityId, person }
  // Whoever waits comes first, even where a place has just become free.
  const full = open.taken >= activity.registration.capacity || open.waiting.length > 0
  return [full ? { type: 'activities.waitlisted.v1', data } : { type: 'activities.registered.v1', data }]
}

const withdraw = (enrolment: Enrolment, activityId: string, person: string, activity: Activity): EnrolmentEvent[] => {
  if (enrolment.status === 'none') return []
  const data = { activity: activityId, person }
  if (enrolment.waiting.includes(person)) return [{ type: 'activities.waitlist-left.v1', data }]
  if (!hasPlace(enrolment, person)) return []
  if (activity.status !== 'registering') throw reject('registration-closed', { why: activity.status })
  const next = enrolment.taken - 1 < (activity.registration?.capacity ?? 0) ? enrolment.waiting[0] : undefined
  return [
    { type: 'activities.registration-cancelled.v1', data },
    ...(next === undefined ? [] : [{ type: 'activities.promoted.v1' as const, data: { activity: activityId, person: next } }]),
  ]
}

export const registerForActivity = command({
  route: 'POST /registrations',
  permission: 'activities:register',
  at: 'home',
  input: Type.Object({ activity: Id }),
  facts: async (ask, { input, actor, now }) => ({
    activity: await ask.activity(input.activity),
    eligible: await ask.mayTakePart(input.activity, self(actor), actor, now),
  }),
  decide: (enrolment, input, { actor, facts, now }) => enrol(enrolment, input.activity, self(actor), facts, now),
})

export const registerAtDesk = command({
  route: 'POST /registrations/desk',
  permission: 'activities:register-others',
  input: Type.Object({ activity: Id, person: Id }),
  facts: async (ask, { input, now }) => ({
    activity: await ask.activity(input.activity),
    eligible: await ask.mayTakePart(input.activity, input.person, null, now),
  }),
  decide: (enrolment, input, { facts, now }) => enrol(enrolment, input.activity, input.person, facts, now),
})

export const cancelRegistration = command({
  route: 'POST /registrations/cancellations',
  permission: 'activities:register',
  at: 'home',
  input: Type.Object({ activity: Id }),
  facts: async (ask, { input }) => ({ activity: await ask.activity(input.activity) }),
  decide: (enrolment, input, { actor, facts }) => withdraw(enrolment, input.activity, self(actor), facts.activity),
})

export const cancelAtDesk = command({
  route: 'POST /registrations/desk-cancellations',
  permission: 'activities:register-others',
  input: Type.Object({ activity: Id, person: Id }),
  facts: async (ask, { input }) => ({ activity: await ask.activity(input.activity) }),
  decide: (enrolment, input, { facts }) => withdraw(enrolment, input.activity, input.person, facts.activity),
})

/** A raised capacity seats those who wait, in their order. */
export const fillPlaces = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ activity: Id }),
  facts: async (ask, { input }) => ({ activity: await ask.activity(input.activity) }),
  decide: (enrolment, input, { facts }) => {
    if (enrolment.status === 'none' || facts.activity.status !== 'registering') return []
    const free = Math.max(0, (facts.activity.registration?.capacity ?? 0) - enrolment.taken)
    return enrolment.waiting.slice(0, free).map((person) => ({ type: 'activities.promoted.v1', data: { activity: input.activity, person } }))
  },
})

export const enrolment = aggregate<Enrolment, EnrolmentEvent>({
  name: 'enrolment',
  path: '/registrations',
  read: 'registrations:read',
  events,
  initial,
  evolve,
  identify: (input) => input.activity,
  unit: (ask: Ask, input) => ask.unitOf(input.activity),
  commands: { registerForActivity, registerAtDesk, cancelRegistration, cancelAtDesk, fillPlaces },
})
