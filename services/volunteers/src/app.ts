import { service } from '@collegium/shared/service.ts'
import { answers } from './answers.ts'
import { questions } from './questions.ts'
import { shiftsEnd, shiftsEndWithActivity } from './reactions.ts'
import { roster } from './roster.ts'
import { routes } from './routes.ts'
import { shift } from './shift.ts'
import { stint } from './stint.ts'
import { shifts } from './views/shifts.ts'
import { stints } from './views/stints.ts'

export const volunteers = service({
  name: 'volunteers',
  aggregates: [shift, roster, stint],
  views: [shifts, stints],
  reactions: [shiftsEndWithActivity],
  deadlines: [shiftsEnd],
  ask: questions,
  answers,
  routes,
})
