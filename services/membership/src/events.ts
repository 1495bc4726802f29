import type { EventOf } from '@collegium/shared/aggregate.ts'
import { event } from '@collegium/shared/aggregate.ts'
import { bases, personErased as erasedByMembership, erasureAppliedBy, recordReadIn } from '@collegium/shared/erasure/facts.ts'
import { Day, Id, Instant, Label, Line, OneOf, Personal, Text } from '@collegium/shared/schema.ts'
import Type, { type Static, type TSchema } from 'typebox'

/** What membership publishes. The type texts and shapes are history's own: never edited once released, only followed by a `.v2`. */

const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])

// ---- the organization tree --------------------------------------------------------------------------------------

export const unitCreated = event(
  'membership.unit-created.v1',
  Type.Object({
    unit: Id,
    kind: OneOf('federation', 'campus', 'union', 'department', 'association'),
    name: Label,
    parent: orNull(Id),
    level: orNull(OneOf('campus', 'college')),
    unionKind: orNull(OneOf('undergraduate', 'graduate')),
    timezone: Line,
    duties: Type.Array(Line),
    template: orNull(Id),
    founded: orNull(Day),
  }),
)
export const unitRenamed = event('membership.unit-renamed.v1', Type.Object({ unit: Id, name: Label }))
export const unitMerged = event('membership.unit-merged.v1', Type.Object({ unit: Id, into: Id }))
export const unitDissolved = event('membership.unit-dissolved.v1', Type.Object({ unit: Id, on: Day }))
export const charterChanged = event('membership.charter-changed.v1', Type.Object({ unit: Id, duties: Type.Array(Line) }))

// ---- posts, policies, terms -------------------------------------------------------------------------------------

export const postKindDefined = event(
  'membership.post-kind-defined.v1',
  Type.Object({ kind: Id, unit: Id, name: Label, permissions: Type.Array(Type.String()) }),
)
export const policySet = event(
  'membership.policy-set.v1',
  Type.Object({
    name: Id,
    unit: Id,
    value: Type.Union([Type.Number(), Type.String(), Type.Boolean()]),
    /** Which way a campus may go: more is tighter, or less is. */
    tighter: OneOf('more', 'less'),
    version: Type.Integer(),
    from: Instant,
  }),
)
export const termDefined = event('membership.term-defined.v1', Type.Object({ term: Id, unit: Id, name: Label, from: Day, to: Day, timezone: Line }))

// ---- people -----------------------------------------------------------------------------------------------------

export const personRegistered = event(
  'membership.person-registered.v1',
  Type.Object({ person: Id, name: Personal(Line), number: Personal(Line), campus: Id, college: orNull(Id) }),
)

/** Somebody opened a personnel file. */
export const recordRead = recordReadIn('membership')

// ---- erasure ----------------------------------------------------------------------------------------------------

/** What keeps a person's data here for now: by law or by an open case. `until` where it ends by itself. */
const Hold = Type.Object({
  ground: OneOf('post-held', 'appointment-open', 'assessment-open', 'duty-open', 'retention'),
  about: orNull(Id),
  until: orNull(Instant),
})
export type Hold = Static<typeof Hold>
/** `by` is null where the operator asked. */
export const erasureRequested = event('membership.erasure-requested.v1', Type.Object({ person: Id, unit: Id, basis: OneOf(...bases), by: orNull(Id) }))
export const erasureWithdrawn = event('membership.erasure-withdrawn.v1', Type.Object({ person: Id }))
export const erasureHeld = event('membership.erasure-held.v1', Type.Object({ person: Id, holds: Type.Array(Hold) }))
export const erasureReleased = event('membership.erasure-released.v1', Type.Object({ person: Id }))
export const erasureApproved = event('membership.erasure-approved.v1', Type.Object({ person: Id, by: Id }))
/** The second approval: every service destroys what it has, and says so. */
export const personErased = erasedByMembership
export const erasureAcknowledged = event('membership.erasure-acknowledged.v1', Type.Object({ person: Id, service: Id }))
/** Not everybody has acknowledged in time; `officers` are told. */
export const erasureOverdue = event('membership.erasure-overdue.v1', Type.Object({ person: Id, missing: Type.Array(Id), officers: Type.Array(Id) }))
export const erasureCompleted = event('membership.erasure-completed.v1', Type.Object({ person: Id }))
export const erasureApplied = erasureAppliedBy('membership')

// ---- appointments -----------------------------------------------------------------------------------------------

/** `by` is repeated from the envelope where a later decision must know who it was: nobody settles what they began. */
export const appointmentProposed = event(
  'membership.appointment-proposed.v1',
  Type.Object({
    appointment: Id,
    person: Id,
    kind: Id,
    unit: Id,
    from: orNull(Instant),
    until: orNull(Instant),
    citation: orNull(Line),
    by: orNull(Id),
  }),
)
export const appointmentRecommended = event('membership.appointment-recommended.v1', Type.Object({ appointment: Id, person: Id, by: orNull(Id) }))
export const appointmentFoundEligible = event(
  'membership.appointment-found-eligible.v1',
  Type.Object({ appointment: Id, person: Id, standing: orNull(Type.Number()) }),
)
export const appointmentFoundIneligible = event(
  'membership.appointment-found-ineligible.v1',
  Type.Object({ appointment: Id, person: Id, standing: orNull(Type.Number()), grounds: Type.Array(Id) }),
)
/** `effect` is when the post is taken unless somebody objects: the notice's end, or the planned day where that is later. */
export const noticeOpened = event(
  'membership.notice-opened.v1',
  Type.Object({ appointment: Id, person: Id, days: Type.Number(), until: Instant, effect: Instant }),
)
export const objectionFiled = event('membership.objection-filed.v1', Type.Object({ appointment: Id, objection: Id, ground: Text, by: orNull(Id) }))
/** `effect` is null while other objections are open, and where this one was upheld. */
export const objectionSettled = event(
  'membership.objection-settled.v1',
  Type.Object({ appointment: Id, objection: Id, upheld: Type.Boolean(), ground: Text, effect: orNull(Instant) }),
)
export const appointmentWithdrawn = event('membership.appointment-withdrawn.v1', Type.Object({ appointment: Id, person: Id, reason: Text }))

/** A holding has its appointment's id. */
export const postTaken = event(
  'membership.post-taken.v1',
  Type.Object({ holding: Id, person: Id, kind: Id, unit: Id, from: Instant, until: orNull(Instant), citation: orNull(Line) }),
)
export const postLeft = event(
  'membership.post-left.v1',
  Type.Object({ holding: Id, person: Id, kind: Id, unit: Id, from: Instant, until: Instant, reason: Text, citation: orNull(Line) }),
)

// ---- imports ----------------------------------------------------------------------------------------------------

const Counts = Type.Record(Type.String(), Type.Integer())
export const importStarted = event(
  'membership.import-started.v1',
  Type.Object({ import: Id, federation: Id, digest: Type.String(), effective: Instant, rows: Counts }),
)
export const importAdvanced = event('membership.import-advanced.v1', Type.Object({ import: Id, section: Type.String(), done: Type.Integer() }))
export const importFinished = event('membership.import-finished.v1', Type.Object({ import: Id, rows: Counts }))

// ---- exports ----------------------------------------------------------------------------------------------------

export const peopleExportOrdered = event(
  'membership.people-export-ordered.v1',
  Type.Object({ export: Id, unit: Id, format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]) }),
)
/** All rows went out; `rows` = how many in the last part, where it was taken in several. */
/** How many of its rows were still to come, every so many of them. */
export const peopleExportAdvanced = event('membership.people-export-advanced.v1', Type.Object({ export: Id, left: Type.Integer({ minimum: 0 }) }))
export const peopleExportFinished = event('membership.people-export-finished.v1', Type.Object({ export: Id, rows: Type.Integer() }))
/** Whoever fetched it has all of it. */
export const peopleExportTaken = event('membership.people-export-taken.v1', Type.Object({ export: Id }))

export type UnitEvent =
  | EventOf<typeof unitCreated>
  | EventOf<typeof unitRenamed>
  | EventOf<typeof unitMerged>
  | EventOf<typeof unitDissolved>
  | EventOf<typeof charterChanged>
export type PostKindEvent = EventOf<typeof postKindDefined>
export type PolicyEvent = EventOf<typeof policySet>
export type TermEvent = EventOf<typeof termDefined>
export type PersonEvent = EventOf<typeof personRegistered>
export type AppointmentEvent =
  | EventOf<typeof appointmentProposed>
  | EventOf<typeof appointmentRecommended>
  | EventOf<typeof appointmentFoundEligible>
  | EventOf<typeof appointmentFoundIneligible>
  | EventOf<typeof noticeOpened>
  | EventOf<typeof objectionFiled>
  | EventOf<typeof objectionSettled>
  | EventOf<typeof appointmentWithdrawn>
  | EventOf<typeof postTaken>
  | EventOf<typeof postLeft>
export type ErasureEvent =
  | EventOf<typeof erasureRequested>
  | EventOf<typeof erasureWithdrawn>
  | EventOf<typeof erasureHeld>
  | EventOf<typeof erasureReleased>
  | EventOf<typeof erasureApproved>
  | EventOf<typeof personErased>
  | EventOf<typeof erasureAcknowledged>
  | EventOf<typeof erasureOverdue>
  | EventOf<typeof erasureCompleted>
export type ImportEvent = EventOf<typeof importStarted> | EventOf<typeof importAdvanced> | EventOf<typeof importFinished>
export type PeopleExportEvent =
  | EventOf<typeof peopleExportOrdered>
  | EventOf<typeof peopleExportAdvanced>
  | EventOf<typeof peopleExportFinished>
  | EventOf<typeof peopleExportTaken>
