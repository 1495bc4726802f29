import { service } from '@collegium/shared/service.ts'
import { answers } from './answers.ts'
import { appointment } from './appointment.ts'
import { erasure } from './erasure.ts'
import { importing } from './importing.ts'
import { peopleExport } from './people-export.ts'
import { person } from './person.ts'
import { policy } from './policy.ts'
import { postKind } from './post-kind.ts'
import { questions } from './questions.ts'
import { campusesFollowPolicy, eligibilityAfterRecommendation, erasuresAreAcknowledged, erasuresAreDue, noticeEnds, postsEndWithUnit } from './reactions.ts'
import { appointmentRoutes } from './routes/appointments.ts'
import { candidacyRoutes } from './routes/candidacies.ts'
import { directoryRoutes } from './routes/directory.ts'
import { erasureRoutes } from './routes/erasures.ts'
import { exportRoutes } from './routes/exports.ts'
import { ownFileRoutes } from './routes/files.ts'
import { importRoutes } from './routes/imports.ts'
import { nameRoutes } from './routes/names.ts'
import { objectionRoutes } from './routes/objections.ts'
import { organizationRoutes } from './routes/organization.ts'
import { peopleRoutes } from './routes/people.ts'
import { fileRoutes, personnelFile } from './routes/personnel-file.ts'
import { term } from './term.ts'
import { unit } from './unit.ts'
import { appointments } from './views/appointments.ts'
import { directoryHistory } from './views/directory-history.ts'
import { erasures } from './views/erasures.ts'
import { fileReads } from './views/file-reads.ts'
import { files } from './views/files.ts'
import { organization } from './views/organization.ts'
import { people } from './views/people.ts'

export const membership = service({
  name: 'membership',
  aggregates: [unit, postKind, policy, term, person, peopleExport, appointment, erasure, importing],
  views: [organization, people, appointments, directoryHistory, erasures, fileReads, files],
  reactions: [eligibilityAfterRecommendation, campusesFollowPolicy, postsEndWithUnit, erasuresAreAcknowledged],
  deadlines: [noticeEnds, erasuresAreDue],
  confidential: [personnelFile],
  ask: questions,
  answers,
  routes: (app, kernel) => {
    organizationRoutes(app, kernel)
    directoryRoutes(app, kernel)
    peopleRoutes(app, kernel)
    nameRoutes(app, kernel)
    appointmentRoutes(app, kernel)
    objectionRoutes(app, kernel)
    candidacyRoutes(app, kernel, questions(kernel))
    importRoutes(app, kernel)
    exportRoutes(app, kernel)
    ownFileRoutes(app, kernel)
    erasureRoutes(app, kernel)
    fileRoutes(app, kernel)
  },
})
