import { run } from '@collegium/shared/run.ts'
import { membership } from './app.ts'

await run(membership)
