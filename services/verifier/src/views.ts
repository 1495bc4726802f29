import type { View } from '@collegium/shared/view.ts'
import { activities } from '../../activities/src/views/activities.ts'
import { awaited } from '../../activities/src/views/awaited.ts'
import { duties } from '../../activities/src/views/duties.ts'
import { meetings } from '../../activities/src/views/meetings.ts'
import { assessments } from '../../assessment/src/views/assessments.ts'
import { organizers } from '../../assessment/src/views/organizers.ts'
import { trail } from '../../audit/src/trail.ts'
import { conduct } from '../../dashboards/src/conduct.ts'
import { metrics } from '../../dashboards/src/metrics.ts'
import { documents } from '../../documents/src/views/documents.ts'
import { registers } from '../../documents/src/views/registers.ts'
import { surveys } from '../../feedback/src/views/surveys.ts'
import { appointments } from '../../membership/src/views/appointments.ts'
import { directoryHistory } from '../../membership/src/views/directory-history.ts'
import { erasures } from '../../membership/src/views/erasures.ts'
import { fileReads } from '../../membership/src/views/file-reads.ts'
import { files } from '../../membership/src/views/files.ts'
import { organization } from '../../membership/src/views/organization.ts'
import { people } from '../../membership/src/views/people.ts'
import { inbox } from '../../notifications/src/inbox.ts'
import { shifts } from '../../volunteers/src/views/shifts.ts'
import { stints } from '../../volunteers/src/views/stints.ts'

/** Every view of every service: pure declarations, the very ones that run. Nothing else of a service is known here. */
export const views: Readonly<Record<string, readonly View[]>> = {
  activities: [activities, awaited, duties, meetings],
  assessment: [assessments, organizers],
  audit: [trail],
  dashboards: [metrics, conduct],
  documents: [documents, registers],
  feedback: [surveys],
  membership: [appointments, directoryHistory, erasures, fileReads, files, organization, people],
  notifications: [inbox],
  volunteers: [shifts, stints],
}
