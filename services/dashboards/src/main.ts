import { run } from '@collegium/shared/run.ts'
import { dashboards } from './app.ts'

await run(dashboards)
