import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join, posix } from 'node:path'

/** A file that is being written. */
export type Opened = {
  readonly write: (bytes: Uint8Array) => Promise<void>
  /** Resolves when its bytes are on the disk. */
  readonly sync: () => Promise<void>
  readonly close: () => Promise<void>
}

/** The calls on the file system that a log makes, relative to its folder. A spec puts one between that fails, or ends the process, at any of them. */
export type Files = {
  readonly makeFolder: (path: string) => Promise<void>
  readonly create: (path: string) => Promise<Opened>
  readonly rename: (from: string, to: string) => Promise<void>
  /** Resolves when the names in a folder are on the disk. */
  readonly syncFolder: (path: string) => Promise<void>
  /** Null where there is no such file. */
  readonly read: (path: string) => Promise<Uint8Array | null>
  readonly list: (path: string) => Promise<string[]>
  readonly remove: (path: string) => Promise<void>
}

/** The folder on this machine. */
export const filesIn = (folder: string): Files => ({
  makeFolder: async (path) => void (await mkdir(join(folder, path), { recursive: true })),
  create: async (path) => {
    const file = await open(join(folder, path), 'w', 0o644)
    return { write: (bytes) => file.writeFile(bytes), sync: () => file.sync(), close: () => file.close() }
  },
  rename: (from, to) => rename(join(folder, from), join(folder, to)),
  syncFolder: async (path) => {
    const opened = await open(join(folder, path), 'r')
    await opened.sync().finally(() => opened.close())
  },
  read: (path) => readFile(join(folder, path)).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : Promise.reject(error))),
  list: (path) => readdir(join(folder, path)).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? [] : Promise.reject(error))),
  remove: (path) => rm(join(folder, path), { recursive: true, force: true }),
})

/** The folders that a file is in, up to the log's own. */
const foldersOf = (path: string): string[] => {
  const folder = posix.dirname(path)
  return folder === '.' ? ['.'] : [folder, ...foldersOf(folder)]
}

/** Not served, and written over by the next try: what a break leaves. */
const unfinished = (path: string): string => posix.join(posix.dirname(path), `.${posix.basename(path)}.new`)

/**
 * Writes files so that each is there whole or not at all, whatever happens meanwhile, and all of them for good when this resolves: under
 * another name, synced, renamed, and then every folder on the way up synced too.
 */
export const writeForGood = async (files: Files, written: readonly (readonly [path: string, bytes: Uint8Array])[]): Promise<void> => {
  const folders = new Set(written.flatMap(([path]) => foldersOf(path)))
  for (const folder of folders) await files.makeFolder(folder)
  await eachOf(written, async ([path, bytes]) => {
    const file = await files.create(unfinished(path))
    try {
      await file.write(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await files.rename(unfinished(path), path)
  })
  // The deepest first: a name is worth nothing while the folder that holds it may be lost.
  await eachOf(
    [...folders].sort((one, other) => other.length - one.length),
    files.syncFolder,
  )
}

/** A disk is quicker with some writes at once, and slower with hundreds. */
const atOnce = 8

const eachOf = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  let next = 0
  let failed = false
  const worker = async (): Promise<void> => {
    while (next < items.length && !failed) {
      try {
        await work(items[next++] as T)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  for (const each of ended) if (each.status === 'rejected') throw each.reason
}
