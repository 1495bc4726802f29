import { run } from '@collegium/shared/run.ts'
import { notifications } from './app.ts'

await run(notifications)
