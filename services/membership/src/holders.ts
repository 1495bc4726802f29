import { erasureApplied as byActivities } from '@collegium/activities/events'
import { erasureApplied as byAssessment } from '@collegium/assessment/events'
import { erasureApplied as byAudit } from '@collegium/audit/events'
import { erasureApplied as byDashboards } from '@collegium/dashboards/events'
import { erasureApplied as byDocuments } from '@collegium/documents/events'
import { erasureApplied as byFeedback } from '@collegium/feedback/events'
import { erasureApplied as byNotifications } from '@collegium/notifications/events'
import { erasureApplied as byVolunteers } from '@collegium/volunteers/events'
import { erasureApplied as byMembership } from './events.ts'

/** Who keeps something of people, and the fact by which each says that it is gone. */
export const acknowledgements = [
  byMembership,
  byDocuments,
  byActivities,
  byAssessment,
  byFeedback,
  byVolunteers,
  byDashboards,
  byAudit,
  byNotifications,
] as const

/** The gateway keeps accounts and no facts: it asks, and answers by a call. */
export const withoutFacts = ['gateway'] as const

/** Everybody who must acknowledge an erasure. */
export const holders: readonly string[] = [...acknowledgements.map(({ type }) => type.split('.')[0] as string), ...withoutFacts]
