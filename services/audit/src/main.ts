import { run } from '@collegium/shared/run.ts'
import { audit } from './app.ts'

await run(audit)
