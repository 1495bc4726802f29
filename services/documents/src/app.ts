import { service } from '@collegium/shared/service.ts'
import { answers } from './answers.ts'
import { ask } from './ask.ts'
import { document } from './document.ts'
import { filing, minutesArrive } from './reactions.ts'
import { register } from './register.ts'
import { documents as documentsView } from './views/documents.ts'
import { overviewRoute } from './views/overview-route.ts'
import { registers } from './views/registers.ts'
import { documentRoutes } from './views/routes.ts'

export const documents = service({
  name: 'documents',
  aggregates: [document, register],
  views: [documentsView, registers],
  reactions: [filing, minutesArrive],
  deadlines: [],
  ask,
  answers,
  routes: (app, kernel) => {
    documentRoutes(app, kernel)
    overviewRoute(app, kernel)
  },
})
