import { servicePool } from '../../shared/src/run.ts'
import { processes, publishing } from '../processes.ts'
import { refill } from './refill.ts'

/** `npm run refill -- activities`: sends all facts of a service to its topic again, after that was deleted or emptied. Reads COLLEGIUM_POSTGRES_URL. */
const [service] = process.argv.slice(2)
const known = publishing(processes)
const address = process.env.COLLEGIUM_POSTGRES_URL
if (service === undefined || !known.includes(service)) throw new Error(`Name one of ${known.join(', ')}`)
if (address === undefined) throw new Error('COLLEGIUM_POSTGRES_URL names the server whose facts are sent again')
const pool = servicePool(address, service, 1)
await refill(pool)
await pool.end()
process.stdout.write(`${service} sends everything again, from its first fact on\n`)
