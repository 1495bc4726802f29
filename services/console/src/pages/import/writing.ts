import { useSyncExternalStore } from 'react'
import type { Commands } from '../../api/generated/schema.ts'
import { ask } from '../../api/http.ts'
import { whenForgotten } from '../../parts/device.ts'

/** Files on their way in: the writing goes on while somebody looks at another page, and on the server even when they close this one. */

type Answer = Commands['importFile']['answer']
export type ImportFile = { readonly name: string; readonly type: string; readonly text: string }
type Writing = { readonly state: 'running' | 'done' } | { readonly state: 'failed'; readonly error: unknown }

const writing = new Map<string, Writing>()
const listeners = new Set<() => void>()
whenForgotten(() => {
  writing.clear()
  for (const listener of listeners) listener()
})
const tell = (id: string, now: Writing): void => {
  writing.set(id, now)
  for (const listener of listeners) listener()
}

const send = (file: ImportFile, isCheck: boolean): Promise<Answer> => ask(`/imports${isCheck ? '?dryRun=true' : ''}`, { method: 'POST', file })

/** What the file would make, or a problem with every fault. */
export const checkFile = (file: ImportFile): Promise<Answer> => send(file, true)

/** Begins to write a file that was checked; nobody waits for it. Twice is once. */
export const writeFile = (id: string, file: ImportFile): void => {
  if (writing.get(id)?.state === 'running') return
  tell(id, { state: 'running' })
  send(file, false).then(
    () => tell(id, { state: 'done' }),
    (error: unknown) => tell(id, { state: 'failed', error }),
  )
}

/** How the writing that was begun here stands; undefined where it was not. */
export const useWriting = (id: string): Writing | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => writing.get(id),
  )
