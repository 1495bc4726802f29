import { service } from '@collegium/shared/service.ts'
import { answers } from './answers.ts'
import { assessment as assessmentAggregate } from './assessment.ts'
import { questions } from './questions.ts'
import { routes } from './routes.ts'
import { scheme } from './scheme.ts'
import { assessments } from './views/assessments.ts'
import { organizers } from './views/organizers.ts'

export const assessment = service({
  name: 'assessment',
  aggregates: [scheme, assessmentAggregate],
  views: [assessments, organizers],
  reactions: [],
  deadlines: [],
  ask: questions,
  answers,
  routes,
})
