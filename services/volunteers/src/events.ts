import { type EventOf, event } from '@collegium/shared/aggregate.ts'
import { erasureAppliedBy } from '@collegium/shared/erasure/facts.ts'
import { Id, Instant, Label, Line, OneOf, Personal, Text } from '@collegium/shared/schema.ts'
import Type, { type TSchema } from 'typebox'

// Facts, stored for ever: a published one is never edited; a change is a new `.vN`.

const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])
const Minutes = Type.Integer({ minimum: 0, description: 'Whole minutes, rounded down.' })
const who = { person: Id, shift: Id }

// ---- a shift ---------------------------------------------------------------------------------------------------

export const shiftOpened = event(
  'volunteers.shift-opened.v1',
  Type.Object({
    shift: Id,
    activity: orNull(Id),
    title: Label,
    category: OneOf('counselling', 'community', 'environment', 'information', 'popular-science'),
    place: Line,
    from: Instant,
    to: Instant,
    seats: Type.Integer({ minimum: 1 }),
  }),
)
/** No more sign-ups and no more check-ins; who is in may still check out. */
export const shiftClosed = event('volunteers.shift-closed.v1', Type.Object({ shift: Id }))

// ---- its roster ------------------------------------------------------------------------------------------------

export const signedUp = event('volunteers.signed-up.v1', Type.Object(who))
export const putOnWaitlist = event('volunteers.put-on-waitlist.v1', Type.Object(who))
export const movedUp = event('volunteers.moved-up.v1', Type.Object(who))
export const signUpWithdrawn = event('volunteers.sign-up-withdrawn.v1', Type.Object(who))

// ---- one volunteer's part in a shift ---------------------------------------------------------------------------

export const volunteerCheckedIn = event('volunteers.volunteer-checked-in.v1', Type.Object({ ...who, at: Instant }))
export const volunteerCheckedOut = event('volunteers.volunteer-checked-out.v1', Type.Object({ ...who, at: Instant, minutes: Minutes }))
/** By hand, without a check-in: counts nothing until a second person outside the unit has confirmed it. `by` is who entered it. */
export const hoursEntered = event(
  'volunteers.hours-entered.v1',
  Type.Object({ ...who, from: Instant, to: Instant, minutes: Minutes, reason: Personal(Text), evidence: Type.Array(Line), by: orNull(Id) }),
)
export const hoursConfirmed = event(
  'volunteers.hours-confirmed.v1',
  Type.Object({ ...who, minutes: Minutes, activity: orNull(Id), from: Instant, to: Instant }),
)
export const hoursRefused = event('volunteers.hours-refused.v1', Type.Object({ ...who, ground: Text }))
export const noShowNoted = event('volunteers.no-show-noted.v1', Type.Object(who))

export type ShiftEvent = EventOf<typeof shiftOpened> | EventOf<typeof shiftClosed>
export type RosterEvent = EventOf<typeof signedUp> | EventOf<typeof putOnWaitlist> | EventOf<typeof movedUp> | EventOf<typeof signUpWithdrawn>
export type StintEvent =
  | EventOf<typeof volunteerCheckedIn>
  | EventOf<typeof volunteerCheckedOut>
  | EventOf<typeof hoursEntered>
  | EventOf<typeof hoursConfirmed>
  | EventOf<typeof hoursRefused>
  | EventOf<typeof noShowNoted>

/** What was personal about somebody is gone from here. */
export const erasureApplied = erasureAppliedBy('volunteers')
