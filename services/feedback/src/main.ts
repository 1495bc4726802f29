import { run } from '@collegium/shared/run.ts'
import { feedback } from './app.ts'

await run(feedback)
