import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { idFrom } from '../../shared/src/ids.ts'

export type Attempt = { readonly at: string; readonly tookMs: number; readonly status: number | null; readonly code: string | null }

/** A command that a client sent, and what it was told. `unknown`: no answer came that says yes or no. */
export type Entry = {
  readonly number: number
  readonly kind: string
  readonly person: string
  readonly path: string
  readonly body: unknown
  /** The idempotency key, and the id that the command has under it. */
  readonly key: string
  readonly command: string
  /** The fact that the command makes, if it makes one, and the words by which that is found whoever made it. */
  readonly fact: string
  readonly mark: string
  readonly attempts: Attempt[]
  answer: 'acknowledged' | 'refused' | 'unknown'
  /** What was acknowledged: the aggregate's id, and service/shard/position. */
  id: string | null
  position: string | null
}

export type Journal = {
  readonly entries: readonly Entry[]
  readonly open: (command: Pick<Entry, 'kind' | 'person' | 'path' | 'body' | 'fact' | 'mark' | 'key'>) => Entry
  /** Writes what became of it. */
  readonly close: (entry: Entry) => void
}

/** What clients sent and heard, in memory and line by line in a file: each command once before it goes out and once when its outcome is known. */
export const openJournal = (file: string): Journal => {
  const entries: Entry[] = []
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '')
  const write = (line: object): void => appendFileSync(file, `${JSON.stringify(line)}\n`)
  return {
    entries,
    open: (command) => {
      const entry: Entry = {
        ...command,
        number: entries.length + 1,
        command: idFrom('key', command.person, command.key),
        attempts: [],
        answer: 'unknown',
        id: null,
        position: null,
      }
      entries.push(entry)
      write({ sent: entry.number, at: new Date().toISOString(), ...command, command: entry.command })
      return entry
    },
    close: ({ number, answer, id, position, attempts }) => write({ answered: number, answer, id, position, attempts }),
  }
}
