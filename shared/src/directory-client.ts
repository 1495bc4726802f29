import type { DirectoryClient } from '@collegium/proto/collegium/membership/v1/directory.ts'
import { Directory, emptySnapshot, type Snapshot } from './directory.ts'
import { ask, askStream } from './grpc/client.ts'
import { fromProto } from './grpc/snapshot.ts'
import type { Logger } from './logger.ts'

export type DirectoryReplica = {
  /** What this process knows; empty, so that nobody may do anything, until membership was reached once. */
  readonly current: () => Directory
  /** As membership has it now, asked within a second; if it does not answer, what this process has, and a warning in the log. */
  readonly fresh: () => Promise<Directory>
  /** Resolves with the first snapshot. */
  readonly ready: Promise<void>
  /** Called after each change; returns how to stop. */
  readonly onChange: (listener: (directory: Directory) => void) => () => void
  readonly close: () => Promise<void>
}

/** Keeps this process's replica of the organization: membership pushes each change, and a lost connection is made anew. */
export const watchDirectory = ({ client, log }: { readonly client: DirectoryClient; readonly log: Pick<Logger, 'info' | 'warn'> }): DirectoryReplica => {
  let directory = new Directory(emptySnapshot)
  let known = false
  const first = Promise.withResolvers<void>()
  const closing = new AbortController()
  const listeners = new Set<(directory: Directory) => void>()

  /** Answers may overtake each other, and replicas of membership lag: only a newer one counts. */
  const adopt = (snapshot: Snapshot): void => {
    if (known && snapshot.version <= directory.snapshot.version) return
    directory = new Directory(snapshot)
    known = true
    for (const listener of listeners) listener(directory)
    first.resolve()
  }

  const watching = (async () => {
    for (let lost = 0; !closing.signal.aborted; ) {
      try {
        for await (const { snapshot } of askStream(client, 'watch', {}, { signal: closing.signal })) {
          adopt(fromProto(snapshot))
          if (lost > 0) log.info({ version: directory.snapshot.version }, 'Watching the directory again')
          lost = 0
        }
        throw new Error('Membership ended the watch.')
      } catch (error) {
        if (closing.signal.aborted) return
        if (lost++ === 0) log.warn({ err: error, version: directory.snapshot.version }, 'Lost the watch of the directory; working with what is known')
        await pause(Math.min(5000, 50 * 2 ** lost) * (0.5 + Math.random() / 2), closing.signal)
      }
    }
  })()

  return {
    current: () => directory,
    fresh: async () => {
      try {
        adopt(fromProto((await ask(client, 'current', {}, { deadlineMs: 1000, signal: closing.signal })).snapshot))
      } catch (error) {
        log.warn({ err: error, version: directory.snapshot.version }, 'Membership did not answer; deciding by the directory as last known')
      }
      return directory
    },
    ready: first.promise,
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      closing.abort()
      await watching
    },
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
