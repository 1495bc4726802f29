import { posix } from 'node:path'
import type { Files } from '../log/files.ts'

/** What happens at a call: the process ends before it, or after it, or in the midst of a write; or the call fails and the process lives. */
export type Fault = 'killed-before' | 'killed-after' | 'torn' | 'ENOSPC' | 'EIO'

/** The process has ended: nothing that it does afterwards has an effect. */
export class Killed extends Error {}

type File = { bytes: Uint8Array; durable: Uint8Array | null }

/**
 * A file system in memory that forgets, when its process is killed and the power goes with it, what was not synced: bytes of files, and names
 * in folders. At the `at`-th call (from 1) it does what the fault says. `calls` counts; `crash` gives what is left to the next process.
 */
export const crashingFiles = (left: ReadonlyMap<string, Uint8Array> = new Map(), fault: { readonly at: number; readonly kind: Fault } | null = null) => {
  const files = new Map<string, File>([...left].map(([path, bytes]) => [path, { bytes, durable: bytes }]))
  /** Names as the disk has them: what a folder's sync has made of them. */
  const durable = new Map<string, File>(files)
  let calls = 0
  let isDead = false

  /** Counts a call and lets it fail, or the process end, where the fault says so. */
  const call = async (effect: (isTorn: boolean) => void): Promise<void> => {
    if (isDead) throw new Killed()
    calls += 1
    const kind = fault?.at === calls ? fault.kind : null
    if (kind === 'ENOSPC' || kind === 'EIO') throw Object.assign(new Error(`${kind}: by the spec`), { code: kind })
    if (kind !== 'killed-before') effect(kind === 'torn')
    if (kind !== null) {
      isDead = true
      throw new Killed()
    }
  }
  const sameFolder = (path: string, folder: string): boolean => posix.dirname(path) === folder

  const port: Files = {
    makeFolder: () => call(() => {}),
    create: async (path) => {
      const file: File = { bytes: new Uint8Array(0), durable: null }
      await call(() => files.set(path, file))
      return {
        write: (bytes) =>
          call((isTorn) => {
            file.bytes = isTorn ? bytes.slice(0, bytes.length >> 1) : bytes
          }),
        sync: () =>
          call(() => {
            file.durable = file.bytes
          }),
        close: () => call(() => {}),
      }
    },
    rename: (from, to) =>
      call(() => {
        files.set(to, files.get(from) as File)
        files.delete(from)
      }),
    syncFolder: (folder) =>
      call(() => {
        for (const path of durable.keys()) if (sameFolder(path, folder) && !files.has(path)) durable.delete(path)
        for (const [path, file] of files) if (sameFolder(path, folder)) durable.set(path, file)
      }),
    read: async (path) => {
      let found: Uint8Array | null = null
      await call(() => {
        found = files.get(path)?.bytes ?? null
      })
      return found
    },
    list: async (folder) => {
      let found: string[] = []
      await call(() => {
        found = [...files.keys()].filter((path) => sameFolder(path, folder)).map((path) => posix.basename(path))
      })
      return found
    },
    remove: (folder) =>
      call(() => {
        for (const path of [...files.keys()]) if (path === folder || path.startsWith(`${folder}/`)) files.delete(path)
      }),
  }
  return {
    files: port,
    calls: (): number => calls,
    /** As a reader sees it while the machine runs. */
    seen: (): Map<string, Uint8Array> => new Map([...files].map(([path, file]) => [path, file.bytes])),
    /** As the disk has it after the power went: unsynced bytes are gone. */
    crash: (): Map<string, Uint8Array> => new Map([...durable].flatMap(([path, file]) => (file.durable === null ? [] : [[path, file.durable] as const]))),
  }
}
