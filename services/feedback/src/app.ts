import { service } from '@collegium/shared/service.ts'
import { answer } from './answer.ts'
import { answers } from './answers.ts'
import { questions } from './questions.ts'
import { surveyAfterActivity, surveysClose } from './reactions.ts'
import { roll } from './roll.ts'
import { routes } from './routes.ts'
import { survey } from './survey.ts'
import { surveys } from './views/surveys.ts'

export const feedback = service({
  name: 'feedback',
  aggregates: [survey, roll, answer],
  views: [surveys],
  reactions: [surveyAfterActivity],
  deadlines: [surveysClose],
  ask: questions,
  answers,
  routes,
})
