import { service } from '@collegium/shared/service.ts'
import { activity } from './activity.ts'
import { answers } from './answers.ts'
import { ask } from './ask.ts'
import { attendance } from './attendance.ts'
import { doorKey } from './door-key.ts'
import { duty } from './duty.ts'
import { enrolment } from './enrolment.ts'
import { meeting } from './meeting.ts'
import { duesOfDuties, dutiesArise, factsEndDuties, minutesReturn, waitlistMovesUp } from './reactions.ts'
import { activities as activitiesView } from './views/activities.ts'
import { activityRoutes } from './views/activity-routes.ts'
import { awaited } from './views/awaited.ts'
import { doorRoutes } from './views/door-routes.ts'
import { duties, dutyRoutes } from './views/duties.ts'
import { meetingOverview } from './views/meeting-overview.ts'
import { meetingRoutes, meetings } from './views/meetings.ts'
import { overviewRoute } from './views/overview-route.ts'
import { ownRoutes } from './views/own-routes.ts'

export const activities = service({
  name: 'activities',
  aggregates: [activity, enrolment, attendance, doorKey, meeting, duty],
  views: [activitiesView, meetings, duties, awaited],
  reactions: [waitlistMovesUp, dutiesArise, factsEndDuties, minutesReturn],
  deadlines: [duesOfDuties],
  ask,
  answers,
  routes: (app, kernel) => {
    activityRoutes(app, kernel)
    overviewRoute(app, kernel)
    doorRoutes(app, kernel)
    ownRoutes(app, kernel)
    meetingRoutes(app, kernel)
    meetingOverview(app, kernel)
    dutyRoutes(app, kernel)
  },
})
