import { run } from '@collegium/shared/run.ts'
import { assessment } from './app.ts'

await run(assessment)
