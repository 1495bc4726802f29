import { event } from '@collegium/shared/aggregate.ts'
import { erasureAppliedBy } from '@collegium/shared/erasure/facts.ts'
import { Id, Instant, Label, Line, Money, OneOf, Personal, Text } from '@collegium/shared/schema.ts'
import Type from 'typebox'

// Facts, stored for ever: a published one is never edited; a change is a new `.vN`.

const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])
const activityId = { activity: Id }
const activityAndPerson = { activity: Id, person: Id }
const meetingId = { meeting: Id }
const meetingAndPerson = { meeting: Id, person: Id }

// ---- an activity -----------------------------------------------------------------------------------------------

export const activityProposed = event(
  'activities.activity-proposed.v1',
  Type.Object({
    activity: Id,
    title: Label,
    theme: Line,
    plan: Text,
    risks: Text,
    budget: Money,
    major: Type.Boolean({ description: 'Needs the guidance committee before anyone approves it.' }),
    venue: Line,
    startsAt: Instant,
    endsAt: Instant,
    capacity: Type.Integer({ minimum: 1 }),
    openTo: OneOf('campus', 'union', 'federation'),
    walkIns: Type.Boolean({ description: 'May those check in who did not register?' }),
    kind: Line,
    organizers: Type.Array(Id),
    proposer: Nullable(Id),
  }),
)
export const activityPreReviewed = event('activities.activity-pre-reviewed.v1', Type.Object({ ...activityId, passed: Type.Boolean(), ground: Nullable(Text) }))
export const activityApproved = event('activities.activity-approved.v1', Type.Object(activityId))
export const activityRejected = event('activities.activity-rejected.v1', Type.Object({ ...activityId, ground: Text }))
export const activityAnnounced = event('activities.activity-announced.v1', Type.Object(activityId))
/** Told again when capacity or end change. */
export const registrationOpened = event(
  'activities.registration-opened.v1',
  Type.Object({ ...activityId, capacity: Type.Integer({ minimum: 1 }), until: Instant }),
)
export const activityHeld = event(
  'activities.activity-held.v1',
  Type.Object({ ...activityId, title: Label, attended: Type.Integer({ minimum: 0 }), organizers: Type.Array(Id) }),
)
export const spendingRecorded = event('activities.spending-recorded.v1', Type.Object({ ...activityId, amount: Money, receipt: Line }))
export const budgetRaised = event('activities.budget-raised.v1', Type.Object({ ...activityId, budget: Money, previous: Money, ground: Text }))
export const activityClosed = event('activities.activity-closed.v1', Type.Object({ ...activityId, spent: Money, budget: Money }))
export const activityCancelled = event('activities.activity-cancelled.v1', Type.Object({ ...activityId, ground: Text }))

// ---- who registered, who came ----------------------------------------------------------------------------------

export const registered = event('activities.registered.v1', Type.Object(activityAndPerson))
export const waitlisted = event('activities.waitlisted.v1', Type.Object(activityAndPerson))
export const promoted = event('activities.promoted.v1', Type.Object(activityAndPerson))
/** A place was given back. */
export const registrationCancelled = event('activities.registration-cancelled.v1', Type.Object(activityAndPerson))
/** Somebody without a place stopped waiting. */
export const waitlistLeft = event('activities.waitlist-left.v1', Type.Object(activityAndPerson))
export const checkedIn = event('activities.checked-in.v1', Type.Object({ ...activityAndPerson, grade: OneOf('staff-scan', 'rotating-code', 'self-declared') }))
/** With the proof of a device that had no network: what its key signed, and when that was by the device's clock. */
export const checkedInWithProof = event(
  'activities.checked-in.v2',
  Type.Object({
    ...activityAndPerson,
    grade: OneOf('staff-scan', 'rotating-code', 'self-declared', 'staff-scan-offline'),
    proof: Nullable(Type.Object({ key: Id, scan: Id, at: Instant, signature: Line })),
  }),
)
/** A device of somebody who checks in at an activity's door: the public half of a key that never leaves it. */
export const doorKeyRegistered = event('activities.door-key-registered.v1', Type.Object({ ...activityId, holder: Id, key: Line }))

// ---- a meeting -------------------------------------------------------------------------------------------------

/** What may end a duty without anybody's word: an event of this type about this id. */
const Fulfilment = Nullable(Type.Object({ event: Type.String(), about: Id }))

export const meetingCalled = event(
  'activities.meeting-called.v1',
  Type.Object({ ...meetingId, title: Label, kind: Line, at: Instant, agenda: Type.Array(Line), invited: Type.Array(Id), chair: Id }),
)
export const signedIn = event('activities.signed-in.v1', Type.Object(meetingAndPerson))
export const leaveRequested = event('activities.leave-requested.v1', Type.Object({ ...meetingAndPerson, reason: Personal(Text) }))
export const leaveGranted = event('activities.leave-granted.v1', Type.Object(meetingAndPerson))
export const meetingOpened = event('activities.meeting-opened.v1', Type.Object(meetingId))
export const resolutionAdopted = event(
  'activities.resolution-adopted.v1',
  Type.Object({
    ...meetingId,
    resolution: Id,
    text: Text,
    duties: Type.Array(Type.Object({ duty: Id, title: Line, owner: Id, unit: Nullable(Id), due: Instant, fulfilledBy: Fulfilment })),
  }),
)
export const meetingClosed = event(
  'activities.meeting-closed.v1',
  Type.Object({
    ...meetingId,
    absent: Type.Array(Id, { description: 'Invited, not there, without leave.' }),
    present: Type.Array(Id),
    excused: Type.Array(Id, { description: 'Invited, not there, with leave.' }),
  }),
)
export const minutesDrafted = event('activities.minutes-drafted.v1', Type.Object({ ...meetingId, text: Text, drafter: Nullable(Id) }))
export const minutesApproved = event('activities.minutes-approved.v1', Type.Object({ ...meetingId, title: Label, text: Text, drafter: Nullable(Id) }))
export const minutesFiled = event('activities.minutes-filed.v1', Type.Object({ ...meetingId, document: Id, number: Type.Integer(), label: Line }))

// ---- a duty ----------------------------------------------------------------------------------------------------

export const dutyAssigned = event(
  'activities.duty-assigned.v1',
  Type.Object({
    duty: Id,
    title: Line,
    name: Type.Optional({ ...Label, description: 'Its title in both languages, where nobody wrote it: `title` is then the Chinese one.' }),
    owner: Id,
    since: Instant,
    due: Instant,
    remindAt: Instant,
    source: Nullable(Type.Object({ kind: OneOf('meeting', 'activity', 'order'), id: Id })),
    fulfilledBy: Fulfilment,
  }),
)
export const dutyProgressed = event('activities.duty-progressed.v1', Type.Object({ duty: Id, note: Text }))
export const dutyReminded = event('activities.duty-reminded.v1', Type.Object({ duty: Id, owner: Id }))
export const dutyEscalated = event(
  'activities.duty-escalated.v1',
  Type.Object({ duty: Id, owner: Id, to: Nullable(Id) }, { description: 'To nobody where no post above supervises duties.' }),
)
export const dutyFulfilled = event(
  'activities.duty-fulfilled.v1',
  Type.Object({
    duty: Id,
    owner: Id,
    by: Line,
    onTime: Type.Boolean(),
    evidence: Nullable(Type.Object({ service: Id, stream: Line, version: Type.Integer() })),
  }),
)

/** What was personal about somebody is gone from here. */
export const erasureApplied = erasureAppliedBy('activities')
