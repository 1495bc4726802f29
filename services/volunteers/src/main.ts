import { run } from '@collegium/shared/run.ts'
import { volunteers } from './app.ts'

await run(volunteers)
