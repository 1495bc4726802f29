import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { startCollegium } from '../../tests/kit/collegium.ts'

/** The system that is overloaded, in a process of its own with the limits that it has everywhere; prints where it is and ends with its input. */
const collegium = await startCollegium({ settings: { COLLEGIUM_RATE_LIMIT: '1000000', COLLEGIUM_SIGN_IN_LIMIT: '1000' } })
const operator = await collegium.signIn('operator')
const sample = readFileSync(new URL('../sample/semester.yaml', import.meta.url), 'utf8')
const imported = await operator.post('/imports', sample, { 'content-type': 'application/yaml' })
if (imported.status !== 201) throw new Error(`The import was refused: ${JSON.stringify(imported.body)}`)
process.stdout.write(`${JSON.stringify({ address: collegium.address, cookie: operator.cookie })}\n`)
await once(process.stdin.resume(), 'end')
await collegium.stop()
process.exit()
