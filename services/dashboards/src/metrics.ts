import * as activities from '@collegium/activities/events'
import * as assessment from '@collegium/assessment/events'
import * as documents from '@collegium/documents/events'
import * as feedback from '@collegium/feedback/events'
import * as membership from '@collegium/membership/events'
import type { AnyFact } from '@collegium/shared/aggregate.ts'
import { add, type RowOperation, view, when } from '@collegium/shared/view.ts'
import * as volunteers from '@collegium/volunteers/events'

/**
 * Every figure of every dashboard is a sum of signed amounts, each with the hour in which it took effect and the hour in which it became
 * known. A figure as of any past day is therefore the same sum with an earlier end; nothing is computed twice, and nothing is overwritten.
 */
type Amounts = Readonly<Record<string, number>>

/** Amounts for the unit that owns the event's aggregate. */
const forUnit = (event: AnyFact, amounts: Amounts): RowOperation[] => forSubject(event, event.unit, amounts)

/** Amounts for an officer's own dashboard. */
const forPerson = (event: AnyFact, person: string, amounts: Amounts): RowOperation[] => forSubject(event, `person:${person}`, amounts)

const forSubject = (event: AnyFact, subject: string, amounts: Amounts): RowOperation[] =>
  Object.entries(amounts)
    .filter(([, amount]) => amount !== 0)
    .map(([name, amount]) => add('metric', { subject, name, occurred: event.occurred.slice(0, 13), known: event.recorded.slice(0, 13) }, { amount }))

const mean = (scores: Readonly<Record<string, number>>): number =>
  Math.round((100 * Object.values(scores).reduce((sum, each) => sum + each, 0)) / Math.max(1, Object.keys(scores).length))

export const metrics = view({
  name: 'metrics',
  version: 1,
  tables: {
    metric: { columns: { subject: 'text', name: 'text', occurred: 'text', known: 'text', amount: 'bigint' }, key: ['subject', 'name', 'occurred', 'known'] },
  },
  on: [
    when(membership.appointmentProposed, (event) => forUnit(event, { 'appointments.proposed': 1 })),
    when(membership.postTaken, (event) => [...forUnit(event, { 'posts.held': 1 }), ...forPerson(event, event.data.person, { 'posts.held': 1 })]),
    when(membership.postLeft, (event) => [...forUnit(event, { 'posts.held': -1 }), ...forPerson(event, event.data.person, { 'posts.held': -1 })]),

    when(activities.activityProposed, (event) => forUnit(event, { 'activities.proposed': 1 })),
    when(activities.activityApproved, (event) => forUnit(event, { 'activities.approved': 1 })),
    when(activities.activityCancelled, (event) => forUnit(event, { 'activities.cancelled': 1 })),
    when(activities.activityHeld, (event) => forUnit(event, { 'activities.held': 1 })),
    when(activities.activityClosed, (event) => forUnit(event, { 'money.budget': event.data.budget, 'money.spent-of-budget': event.data.spent })),
    when(activities.spendingRecorded, (event) => forUnit(event, { 'money.spent': event.data.amount })),
    when(activities.registered, (event) => forUnit(event, { 'attendance.registered': 1 })),
    when(activities.promoted, (event) => forUnit(event, { 'attendance.registered': 1 })),
    when(activities.registrationCancelled, (event) => forUnit(event, { 'attendance.registered': -1 })),
    ...[activities.checkedIn, activities.checkedInWithProof].map((each) =>
      when(each, (event) => [...forUnit(event, { 'attendance.checked-in': 1 }), ...forPerson(event, event.data.person, { 'attendance.checked-in': 1 })]),
    ),
    when(activities.meetingClosed, (event) => [
      ...forUnit(event, { 'meetings.held': 1, 'meetings.present': event.data.present.length, 'meetings.absent': event.data.absent.length }),
      ...event.data.present.flatMap((person) => forPerson(event, person, { 'meetings.present': 1 })),
      ...event.data.absent.flatMap((person) => forPerson(event, person, { 'meetings.absent': 1 })),
    ]),
    when(activities.dutyAssigned, (event) => [
      ...forUnit(event, { 'duties.open': 1, 'duties.assigned': 1 }),
      ...forPerson(event, event.data.owner, { 'duties.open': 1, 'duties.assigned': 1 }),
    ]),
    when(activities.dutyEscalated, (event) => [...forUnit(event, { 'duties.escalated': 1 }), ...forPerson(event, event.data.owner, { 'duties.escalated': 1 })]),
    when(activities.dutyFulfilled, (event) => {
      const amounts = { 'duties.open': -1, 'duties.fulfilled': 1, 'duties.on-time': event.data.onTime ? 1 : 0 }
      return [...forUnit(event, amounts), ...forPerson(event, event.data.owner, amounts)]
    }),

    when(documents.documentFiled, (event) => forUnit(event, { 'documents.filed': 1, [`documents.filed.${event.data.kind}`]: 1 })),

    when(volunteers.shiftOpened, (event) => forUnit(event, { 'volunteering.shifts': 1 })),
    when(volunteers.signedUp, (event) => forUnit(event, { 'volunteering.sign-ups': 1 })),
    when(volunteers.hoursConfirmed, (event) => [
      ...forUnit(event, { 'volunteering.minutes': event.data.minutes }),
      ...forPerson(event, event.data.person, { 'volunteering.minutes': event.data.minutes }),
    ]),
    when(volunteers.noShowNoted, (event) => forUnit(event, { 'volunteering.no-shows': 1 })),

    when(feedback.surveyOpened, (event) => forUnit(event, { 'surveys.opened': 1 })),
    when(feedback.answerGiven, (event) => forUnit(event, { 'satisfaction.answers': 1, 'satisfaction.sum': mean(event.data.scores) })),

    when(assessment.assessmentScored, (event) => {
      // A new round replaces the score of the one before; it is not another assessment.
      const { subject, score, round, previous } = event.data
      const amounts = { 'assessments.scored': round === 1 ? 1 : 0, 'assessments.sum': Math.round(100 * (score - (previous ?? 0))) }
      return [...forUnit(event, amounts), ...(subject.kind === 'person' ? forPerson(event, subject.id, amounts) : [])]
    }),
  ],
})
