import type { EventOf } from '@collegium/shared/aggregate.ts'
import type { Static } from 'typebox'
import {
  activityAnnounced,
  activityApproved,
  activityCancelled,
  activityClosed,
  activityHeld,
  activityPreReviewed,
  activityProposed,
  activityRejected,
  budgetRaised,
  registrationOpened,
  spendingRecorded,
} from './events.ts'

export const activityEvents = [
  activityProposed,
  activityPreReviewed,
  activityApproved,
  activityRejected,
  activityAnnounced,
  registrationOpened,
  activityHeld,
  spendingRecorded,
  budgetRaised,
  activityClosed,
  activityCancelled,
] as const
export type ActivityEvent = EventOf<(typeof activityEvents)[number]>

export type ActivityStatus = 'proposed' | 'pre-reviewed' | 'approved' | 'announced' | 'registering' | 'held' | 'closed' | 'rejected' | 'cancelled'
export type PlannedActivity = {
  status: ActivityStatus
  proposal: Omit<Static<typeof activityProposed.schema>, 'activity'>
  registration: { capacity: number; until: string } | null
  spent: number
  /** Amounts by receipt: a receipt is paid once. */
  receipts: Record<string, number>
  attended: number | null
  ground: string | null
}
export type Activity = { status: 'none' } | PlannedActivity

export const initial = (): Activity => ({ status: 'none' })

export const evolve = (activity: Activity, event: ActivityEvent): Activity => {
  if (event.type === 'activities.activity-proposed.v1') {
    const { activity: _id, ...proposal } = event.data
    return { status: 'proposed', proposal, registration: null, spent: 0, receipts: {}, attended: null, ground: null }
  }
  if (activity.status === 'none') throw new Error(`${event.type} before the proposal`)
  switch (event.type) {
    case 'activities.activity-pre-reviewed.v1':
      return Object.assign(activity, { status: event.data.passed ? 'pre-reviewed' : 'rejected', ground: event.data.ground })
    case 'activities.activity-approved.v1':
      return Object.assign(activity, { status: 'approved' })
    case 'activities.activity-rejected.v1':
      return Object.assign(activity, { status: 'rejected', ground: event.data.ground })
    case 'activities.activity-announced.v1':
      return Object.assign(activity, { status: 'announced' })
    case 'activities.registration-opened.v1':
      return Object.assign(activity, { status: 'registering', registration: { capacity: event.data.capacity, until: event.data.until } })
    case 'activities.activity-held.v1':
      return Object.assign(activity, { status: 'held', attended: event.data.attended })
    case 'activities.spending-recorded.v1':
      activity.receipts[event.data.receipt] = event.data.amount
      return Object.assign(activity, { spent: activity.spent + event.data.amount })
    case 'activities.budget-raised.v1':
      activity.proposal.budget = event.data.budget
      return activity
    case 'activities.activity-closed.v1':
      return Object.assign(activity, { status: 'closed' })
    case 'activities.activity-cancelled.v1':
      return Object.assign(activity, { status: 'cancelled', ground: event.data.ground })
  }
}
