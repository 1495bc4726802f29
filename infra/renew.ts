// `npm run certificates`: certificates for the services' mutual TLS, those that are missing or half over; `-- --every 6` looks again every six hours.
// Services read the files anew within a minute and need no restart.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Type } from 'typebox'
import { readConfig } from '../shared/src/config.ts'
import { makeCertificates } from './certificates.ts'
import { processes } from './processes.ts'

const { values } = parseArgs({ options: { every: { type: 'string' } } })
const config = readConfig(
  Type.Object({
    COLLEGIUM_KEYS: Type.String({ minLength: 1, default: 'var/keys' }),
    COLLEGIUM_AUTHORITY: Type.String({ minLength: 1, default: 'var/authority' }),
  }),
)
const names = processes.map(({ name }) => name)
const renew = (): void => {
  const made = makeCertificates(join(config.COLLEGIUM_KEYS, 'tls'), config.COLLEGIUM_AUTHORITY, names)
  console.log(made.length === 0 ? 'every certificate is fresh' : `new certificates: ${made.join(', ')}`)
}
renew()
if (values.every !== undefined) setInterval(renew, Number(values.every) * 3_600_000)
