import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { SingleBar } from 'cli-progress'
import Type from 'typebox'
import { readConfig, Secret } from '../../shared/src/config.ts'
import { noteSignerOf, type Signer } from '../../shared/src/evidence/note.ts'
import { databaseUrl, masterKeyOf } from '../../shared/src/run.ts'
import { createDatabases } from '../databases.ts'
import { startPostgres } from '../engines/postgres.ts'
import { makeKeys } from '../keys.ts'
import { databasesOf } from '../processes.ts'
import { services } from '../services.ts'
import type { Progress } from './export.ts'

const Environment = Type.Object({
  COLLEGIUM_DATA: Type.String({ default: 'var' }),
  COLLEGIUM_KEYS: Type.Optional(Type.String({ minLength: 1, description: 'The folder of the keys; `keys` in the data folder when absent.' })),
  COLLEGIUM_AUDIT_FOLDER: Type.Optional(Type.String({ minLength: 1 })),
  COLLEGIUM_LOG_NAME: Type.String({ default: 'collegium.local' }),
  COLLEGIUM_POSTGRES_URL: Type.Optional(Secret()),
})

export type Installation = {
  readonly urls: ReadonlyMap<string, string>
  readonly masterKey: Buffer
  readonly signer: Signer
  readonly origin: string
  readonly auditFolder: string
  readonly close: () => Promise<void>
}

/**
 * The installation of this machine, not running, or the one whose Postgres the environment names: its databases (made where there are none),
 * its keys, the folder of its logs.
 */
export const openInstallation = async (root: string, say: (line: string) => void): Promise<Installation> => {
  const config = readConfig(Environment)
  const data = resolve(root, config.COLLEGIUM_DATA)
  const keys = makeKeys(config.COLLEGIUM_KEYS === undefined ? join(data, 'keys') : resolve(root, config.COLLEGIUM_KEYS), { logName: config.COLLEGIUM_LOG_NAME })
  const postgres = await startPostgres({ dir: join(data, 'postgres'), settings: { jit: 'off' }, say })
  const names = services.map(({ name }) => name)
  await createDatabases(postgres.address, databasesOf([...names, 'gateway']))
  return {
    urls: new Map(names.map((name) => [name, databaseUrl(postgres.address, name)])),
    masterKey: masterKeyOf(readFileSync(keys.masterKey, 'utf8')),
    signer: noteSignerOf(readFileSync(keys.receiptKey, 'utf8').trim()),
    origin: config.COLLEGIUM_LOG_NAME,
    auditFolder: config.COLLEGIUM_AUDIT_FOLDER ?? join(data, 'audit'),
    close: postgres.stop,
  }
}

/** A bar where somebody looks; elsewhere a line for each part. */
export const progressBar = (out: NodeJS.WriteStream): { readonly progress: Progress; readonly end: () => void } => {
  let last = ''
  if (!out.isTTY) {
    const progress: Progress = (_done, _total, what) => {
      if (what !== last) out.write(`  ${what}\n`)
      last = what
    }
    return { progress, end: () => {} }
  }
  const bar = new SingleBar({ format: '  {bar} {percentage}% | {value} of {total} | {what}', hideCursor: true, fps: 5, stream: out })
  const progress: Progress = (done, total, what) => {
    if (last === '') bar.start(total, done, { what })
    last = what
    bar.setTotal(Math.max(1, total))
    bar.update(done, { what })
  }
  return { progress, end: () => bar.stop() }
}

/** Says what went wrong in one line, and ends the process with 1; a defect is shown whole. */
export const failWith = (error: unknown): void => {
  const { name, message, stack } = error as Error
  process.stderr.write(`${['Error', 'BundleFault', 'ImportRefused'].includes(name) ? message : stack}\n`)
  process.exitCode = 1
}
