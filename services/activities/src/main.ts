import { run } from '@collegium/shared/run.ts'
import { activities } from './app.ts'

await run(activities)
