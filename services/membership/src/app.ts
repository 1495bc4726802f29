import { service } from '@collegium/shared/service.ts'
import { answers } from './answers.ts'
import { appointment } from './appointment.ts'
import { importing } from './importing.ts'
import { person } from './person.ts'
import { policy } from './policy.ts'
import { postKind } from './post-kind.ts'
import { questions } from './questions.ts'
import { campusesFollowPolicy, eligibilityAfterRecommendation, noticeEnds, postsEndWithUnit } from './reactions.ts'
import { appointmentRoutes } from './routes/appointments.ts'
import { directoryRoutes } from './routes/directory.ts'
import { importRoutes } from './routes/imports.ts'
import { organizationRoutes } from './routes/organization.ts'
import { peopleRoutes } from './routes/people.ts'
import { term } from './term.ts'
import { unit } from './unit.ts'
import { appointments } from './views/appointments.ts'
import { directoryHistory } from './views/directory-history.ts'
import { organization } from './views/organization.ts'
import { people } from './views/people.ts'

export const membership = service({
  name: 'membership',
  aggregates: [unit, postKind, policy, term, person, appointment, importing],
  views: [organization, people, appointments, directoryHistory],
  reactions: [eligibilityAfterRecommendation, campusesFollowPolicy, postsEndWithUnit],
  deadlines: [noticeEnds],
  ask: questions,
  answers,
  routes: (app, kernel) => {
    organizationRoutes(app, kernel)
    directoryRoutes(app, kernel)
    peopleRoutes(app, kernel)
    appointmentRoutes(app, kernel)
    importRoutes(app, kernel)
  },
})
