import { createPrivateKey, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import Type from 'typebox'
import { openAccount } from '../services/gateway/src/accounts.ts'
import { hashPassword } from '../services/gateway/src/password.ts'
import { readSettings } from '../services/gateway/src/settings.ts'
import { readConfig, Secret } from '../shared/src/config.ts'
import { masterKeyOf } from '../shared/src/run.ts'
import { flushTraces } from '../shared/src/traceparent.ts'
import { buildConsole } from './console.ts'
import { startEmbedded } from './embedded.ts'
import { startPostgres } from './engines/postgres.ts'
import { makeKeys } from './keys.ts'
import { liveSample } from './sample/live.ts'

/** `npm start`: everything in one process, data under var/. `-- --empty` starts without the sample federation. */
const Environment = Type.Object({
  COLLEGIUM_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 8080 }),
  COLLEGIUM_HOST: Type.String({ default: '127.0.0.1' }),
  COLLEGIUM_DATA: Type.String({ default: 'var' }),
  COLLEGIUM_SHARDS: Type.Integer({ minimum: 1, maximum: 256, default: 8 }),
  COLLEGIUM_LOG_LEVEL: Type.String({ default: 'warn' }),
  COLLEGIUM_SAMPLE_PASSWORD: Type.Optional(Secret()),
})

const say = (line: string): boolean => process.stdout.write(`${line}\n`)
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const started = Date.now()
const config = readConfig(Environment)
const settings = readSettings()
const data = resolve(root, config.COLLEGIUM_DATA)
const isEmpty = process.argv.includes('--empty')
mkdirSync(data, { recursive: true })

const consoleFolder = await buildConsole(root, say)
const postgres = await startPostgres({ dir: join(data, 'postgres'), settings: { max_connections: 120, shared_buffers: '48MB', jit: 'off' }, say })
const keys = makeKeys(join(data, 'keys'))
const system = await startEmbedded({
  postgresUrl: postgres.address,
  actorKey: createPrivateKey(readFileSync(keys.actorKey)),
  masterKey: masterKeyOf(readFileSync(keys.masterKey, 'utf8')),
  port: config.COLLEGIUM_PORT,
  host: config.COLLEGIUM_HOST,
  shards: config.COLLEGIUM_SHARDS,
  logLevel: config.COLLEGIUM_LOG_LEVEL,
  settings,
  consoleFolder,
})

let isStopping = false
const stop = async (): Promise<void> => {
  if (isStopping) process.exit(1)
  isStopping = true
  await system.stop()
  await postgres.stop()
  await flushTraces()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop())

const operatorPassword = await firstOperator(system.gatewayPool)
say(`ready after ${((Date.now() - started) / 1000).toFixed(1)} s`)
const marker = join(data, 'sample.done')
if (!isEmpty && !existsSync(marker)) {
  const password = config.COLLEGIUM_SAMPLE_PASSWORD ?? operatorPassword ?? randomBytes(9).toString('base64url')
  if (operatorPassword === null) say('The sample was interrupted before; it goes on where it stopped.')
  const accounts = await liveSample({
    address: system.address,
    gatewayPool: system.gatewayPool,
    password,
    operator: { account: 'operator', password: operatorPassword ?? password },
    say,
  })
  writeFileSync(marker, `${new Date().toISOString()}\n`)
  say('Sample accounts (shown once):')
  for (const each of accounts) say(`  ${each.account.padEnd(22)} ${each.who}`)
  say(`  password of all of them: ${password}`)
} else if (operatorPassword !== null) say(`Account: operator, password (shown once): ${operatorPassword}`)
say(`Collegium: ${system.address}`)

/** The account that sets an installation up. Its password is chosen once: the sample's, where one is set. */
async function firstOperator(pool: typeof system.gatewayPool): Promise<string | null> {
  const password = config.COLLEGIUM_SAMPLE_PASSWORD ?? randomBytes(9).toString('base64url')
  const isNew = await openAccount(pool, { account: 'operator', person: 'operator', home: null, operator: true, passwordHash: await hashPassword(password) })
  return isNew ? password : null
}
