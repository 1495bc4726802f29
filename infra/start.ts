import { createPrivateKey, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SingleBar } from 'cli-progress'
import Type from 'typebox'
import { findAccount } from '../services/gateway/src/accounts.ts'
import { readSettings } from '../services/gateway/src/settings.ts'
import { readConfig, Secret } from '../shared/src/config.ts'
import { receiptsOf } from '../shared/src/receipts.ts'
import { masterKeyOf } from '../shared/src/run.ts'
import { flushTraces } from '../shared/src/traceparent.ts'
import { buildConsole } from './console.ts'
import { type Embedded, startEmbedded } from './embedded.ts'
import { startPostgres } from './engines/postgres.ts'
import { makeKeys } from './keys.ts'
import { openOperator } from './operator.ts'
import { liveSample, type Progress } from './sample/live.ts'

/** `npm start`: everything in one process, data under var/. `-- --empty` starts without the sample federation. */
const Environment = Type.Object({
  COLLEGIUM_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 8080 }),
  COLLEGIUM_HOST: Type.String({ default: '127.0.0.1' }),
  COLLEGIUM_DATA: Type.String({ default: 'var' }),
  COLLEGIUM_SHARDS: Type.Integer({ minimum: 1, maximum: 256, default: 8 }),
  COLLEGIUM_LOG_LEVEL: Type.String({ default: 'warn' }),
  COLLEGIUM_LOG_NAME: Type.String({ default: 'collegium.local' }),
  COLLEGIUM_SAMPLE_PASSWORD: Type.Optional(Secret()),
})

const say = (line: string): boolean => process.stdout.write(`${line}\n`)
const seconds = (since: number): string => ((Date.now() - since) / 1000).toFixed(1)
const root = dirname(dirname(fileURLToPath(import.meta.url)))

const running: { readonly stop: () => Promise<unknown> }[] = []
let isStopping = false
/** Ends what was started, the last first. */
const stop = async (code: number): Promise<never> => {
  if (isStopping) process.exit(1)
  isStopping = true
  for (const part of running.reverse()) await part.stop()
  await flushTraces()
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    say(isStopping ? 'ending at once' : 'stopping …')
    void stop(0)
  })
// What was under way when everything was stopped has nobody left to answer it.
const failed = (error: unknown): void => {
  if (isStopping) return
  process.stderr.write(`${error instanceof Error && error.name !== 'Error' ? error.stack : ((error as Error).message ?? error)}\n`)
  void stop(1)
}
process.on('unhandledRejection', failed)
await main().catch(failed)

async function main(): Promise<void> {
  const begun = Date.now()
  const config = readConfig(Environment)
  const settings = readSettings()
  const isEmpty = process.argv.includes('--empty')
  const data = resolve(root, config.COLLEGIUM_DATA)
  mkdirSync(data, { recursive: true })
  await demandPort(config.COLLEGIUM_HOST, config.COLLEGIUM_PORT)

  const consoleFolder = await buildConsole(root, say).catch((error: Error) => {
    say(`starting without the console: ${error.message}`)
    return null
  })
  const postgres = await startPostgres({ dir: join(data, 'postgres'), settings: { max_connections: 120, shared_buffers: '48MB', jit: 'off' }, say })
  running.push(postgres)
  const keys = makeKeys(join(data, 'keys'), { logName: config.COLLEGIUM_LOG_NAME })
  const system = await startEmbedded({
    postgresUrl: postgres.address,
    actorKey: createPrivateKey(readFileSync(keys.actorKey)),
    masterKey: masterKeyOf(readFileSync(keys.masterKey, 'utf8')),
    receipts: receiptsOf(readFileSync(keys.receiptKey, 'utf8').trim(), config.COLLEGIUM_LOG_NAME),
    environment: { COLLEGIUM_AUDIT_KEYS: keys.auditKeys, COLLEGIUM_AUDIT_FOLDER: join(data, 'audit'), ...process.env },
    port: config.COLLEGIUM_PORT,
    host: config.COLLEGIUM_HOST,
    shards: config.COLLEGIUM_SHARDS,
    logLevel: config.COLLEGIUM_LOG_LEVEL,
    settings,
    consoleFolder,
  })
  running.push(system)
  say(`ready after ${seconds(begun)} s`)
  await fill(system, join(data, 'sample.password'), isEmpty, config.COLLEGIUM_SAMPLE_PASSWORD)
  say(`Collegium: ${system.address}  (Ctrl-C ends it)`)
}

/** On the first start: the operator's account, and the sample, whose password is kept in a file until it is whole, to go on after a break. */
async function fill({ gatewayPool, address }: Embedded, passwordFile: string, isEmpty: boolean, chosen: string | undefined): Promise<void> {
  const isFirst = (await findAccount(gatewayPool, 'operator')) === undefined
  const isCut = existsSync(passwordFile)
  const password = isCut ? readFileSync(passwordFile, 'utf8') : (chosen ?? randomBytes(9).toString('base64url'))
  if (isFirst && !isEmpty && !isCut) writeFileSync(passwordFile, password, { mode: 0o600 })
  if (isFirst) await openOperator(gatewayPool, password)
  if (isEmpty || !(isFirst || isCut)) {
    if (isFirst) say(`Account (shown once): operator, password ${password}`)
    return
  }
  const begun = Date.now()
  say(isCut ? 'The sample was interrupted; it goes on where it stopped.' : 'The sample federation lives its semester …')
  const { progress, end } = bar()
  const accounts = await liveSample({ address, gatewayPool, password, operator: { account: 'operator', password }, progress })
  end()
  rmSync(passwordFile)
  say(`The sample is there after ${seconds(begun)} s. Its accounts (shown once):`)
  for (const { account, who } of accounts) if (!/^student\d{2,}$/.test(account)) say(`  ${account.padEnd(22)} ${who}`)
  say(`  … and more students, up to student40. Password of all of them: ${password}`)
}

/** A bar where somebody looks; elsewhere a line for each part. */
function bar(): { progress: (progress: Progress) => void; end: () => void } {
  if (!process.stdout.isTTY) {
    let last = ''
    const progress = ({ what, done }: Progress) => {
      if (what !== last) say(`  ${what} (${done} commands so far)`)
      last = what
    }
    return { progress, end: () => {} }
  }
  const shown = new SingleBar({ format: '  {bar} {percentage}% | {value} commands | {what}', hideCursor: true, fps: 5 })
  shown.start(1, 0, { what: '' })
  const progress = ({ done, total, what }: Progress) => {
    shown.setTotal(total)
    shown.update(done, { what })
  }
  return { progress, end: () => shown.stop() }
}

async function demandPort(host: string, port: number): Promise<void> {
  if (port === 0) return
  const probe = createServer()
  await new Promise<void>((taken, refused) => {
    probe.once('error', (error: NodeJS.ErrnoException) =>
      refused(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} of ${host} is in use, perhaps by another Collegium. Stop that, or choose another: COLLEGIUM_PORT=8090 npm start`)
          : error,
      ),
    )
    probe.listen(port, host, taken)
  })
  await new Promise((closed) => probe.close(closed))
}
