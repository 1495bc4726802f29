import { execFileSync } from 'node:child_process'
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { basename, dirname, join, parse, resolve, sep } from 'node:path'

export type SystemUser = { readonly uid: number; readonly gid: number }

/** Where data and programs go that the user `postgres` cannot reach where they are. */
const shelter = '/var/lib/collegium'

const idOf = (option: '-u' | '-g'): number => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))

/** The user that the server runs as: null when this process is not root, otherwise the system's user `postgres`, created where it is missing. */
export const postgresUser = (): SystemUser | null => {
  if (process.getuid?.() !== 0) return null
  try {
    return { uid: idOf('-u'), gid: idOf('-g') }
  } catch {
    try {
      execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres'], { stdio: 'pipe' })
      return { uid: idOf('-u'), gid: idOf('-g') }
    } catch (cause) {
      throw new Error('Postgres refuses to run as root, and the user "postgres" neither exists nor could be created with useradd. Run as another user.', {
        cause,
      })
    }
  }
}

/** The first folder on the way to a path that the user may not pass through, or null. Parts that do not exist yet do not count. */
export const barrier = (path: string, user: SystemUser): string | null => {
  const whole = resolve(path)
  let at = parse(whole).root
  for (const part of ['', ...whole.slice(at.length).split(sep).filter(Boolean)]) {
    at = join(at, part)
    if (!existsSync(at)) return null
    const { mode, uid, gid } = statSync(at)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return at
  }
  return null
}

const sheltered = (): string => {
  mkdirSync(shelter, { recursive: true, mode: 0o755 })
  return shelter
}

/**
 * Makes a folder that the user owns. Where a parent folder shuts the user out (a repository under /root), the data stands under
 * /var/lib/collegium instead and the path becomes a link to it; `say` is told. Returns where the folder really stands.
 */
export const ownFolder = (path: string, user: SystemUser | null, say: (line: string) => void): string => {
  if (user === null) {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    return path
  }
  const parent = dirname(path)
  mkdirSync(parent, { recursive: true })
  const shut = barrier(parent, user)
  if (shut === null) {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } else if (!existsSync(path)) {
    // A link whose target is gone would block the new one.
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(path)
    const target = mkdtempSync(join(sheltered(), `${basename(path)}-`))
    symlinkSync(target, path)
    say(`${shut} is closed to the user "postgres", so the data of ${path} stands in ${target}`)
  } else if (!lstatSync(path).isSymbolicLink()) {
    throw new Error(
      `Postgres runs as the user "postgres", which may not pass through ${shut} to its data in ${path}. Open it (chmod o+x ${shut}) or name another folder by COLLEGIUM_DATA.`,
    )
  }
  const real = realpathSync(path)
  const stillShut = barrier(real, user)
  if (stillShut !== null && stillShut !== real) throw new Error(`The user "postgres" may not pass through ${stillShut} to the data in ${real}`)
  chownSync(real, user.uid, user.gid)
  return real
}

/** The folder of the server's programs, or a copy of it where the user cannot reach the original. */
export const reachablePrograms = (folder: string, version: string, user: SystemUser | null): string => {
  if (user === null || barrier(folder, user) === null) return folder
  const copy = join(sheltered(), `postgres-${version}`)
  if (!existsSync(copy)) {
    const part = mkdtempSync(`${copy}.part-`)
    cpSync(folder, part, { recursive: true, verbatimSymlinks: true })
    execFileSync('chmod', ['-R', 'go+rX', part])
    try {
      renameSync(part, copy)
    } catch (cause) {
      rmSync(part, { recursive: true, force: true })
      if (!existsSync(copy)) throw cause
    }
  }
  return copy
}
