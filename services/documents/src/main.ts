import { run } from '@collegium/shared/run.ts'
import { documents } from './app.ts'

await run(documents)
