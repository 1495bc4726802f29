import { useSyncExternalStore } from 'react'
import { newKey, send } from '../../api/command.ts'
import { queryOf } from '../../api/http.ts'
import { Problem, problemOf } from '../../api/problem.ts'
import type { Row } from '../../api/read.ts'
import { whenForgotten } from '../../parts/device.ts'
import { dropParts, keepPart, partsOf } from './kept-parts.ts'
import { wholeRows } from './whole-rows.ts'

/**
 * Lists of people on their way to this device. Which there are the server knows; here is how far each has come. They go on while somebody looks
 * at another page; one that broke off, or whose page was left, goes on after its last whole row. A workbook arrives as rows too, and is made here.
 */

type Ordered = Pick<Row<'/people/exports'>, 'id' | 'unit' | 'format'>
export type Arriving = {
  readonly state: 'running' | 'broken' | 'saved'
  /** Rows that have arrived, and of how many. */
  readonly rows: number
  readonly of: number | null
  readonly error?: unknown
}

let all: ReadonlyMap<string, Arriving> = new Map()
let leaving = new AbortController()
const listeners = new Set<() => void>()
const tell = (next: ReadonlyMap<string, Arriving>): void => {
  all = next
  for (const listener of listeners) listener()
}
whenForgotten(() => {
  leaving.abort()
  leaving = new AbortController()
  tell(new Map())
})

export const useArriving = (): ReadonlyMap<string, Arriving> =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => all,
  )

/** Fetches a list that was ordered; where some of it is here already, the rest. In one page at a time. */
export const fetchList = (list: Ordered): Promise<unknown> =>
  all.get(list.id)?.state === 'running'
    ? Promise.resolve()
    : navigator.locks.request(`collegium-list-${list.id}`, { ifAvailable: true }, (lock) => (lock === null ? undefined : fetchRest(list, leaving.signal)))

/** Goes on with lists of which a part is here from an earlier visit. */
export const goOnWith = async (lists: readonly Ordered[]): Promise<void> => {
  for (const list of lists) if (!all.has(list.id) && (await partsOf(list.id)).length > 0) void fetchList(list)
}

const fetchRest = async (list: Ordered, signal: AbortSignal): Promise<void> => {
  const { id, unit, format } = list
  const here = wholeRows(await partsOf(id), format)
  const chunks: Uint8Array<ArrayBuffer>[] = here ? [here.bytes] : []
  let rows = here?.rows ?? 0
  const change = (next: Partial<Arriving>): void => {
    if (!signal.aborted) tell(new Map(all).set(id, { ...(all.get(id) ?? { state: 'running', rows, of: null }), ...next }))
  }
  change({ state: 'running', rows, error: undefined })
  try {
    // What is kept are whole rows, so that the rest follows them.
    await dropParts(id)
    if (here) await keepPart(id, here.bytes)
    const asked = queryOf({ rows: format === 'xlsx' ? 'json' : null, after: here?.last })
    const response = await fetch(`/api/v1/people/exports/${encodeURIComponent(id)}/file${asked}`, {
      headers: { 'accept-language': document.documentElement.lang },
      signal,
    })
    if (!response.ok) throw await problemOf(response)
    const coming = Number(response.headers.get('collegium-rows'))
    change({ of: rows + coming })
    const reader = (response.body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      chunks.push(value)
      await keepPart(id, value)
      rows += value.reduce((count, each) => count + (each === 10 ? 1 : 0), 0)
      // The head is a line and no row.
      change({ rows: rows - (here ? 0 : 1) })
    }
    const arrived = rows - (here ? 0 : 1)
    // A line that breaks may look like an end.
    if (arrived !== coming + (here?.rows ?? 0)) throw new Problem({ status: 0, code: 'unreachable' })
    if (signal.aborted) return
    save(format === 'csv' ? new Blob(chunks) : await (await import('./workbook-file.ts')).workbookOf('people', chunks), `people-${unit}.${format}`)
    change({ state: 'saved', rows: coming + (here?.rows ?? 0) })
    // From here on nobody fetches it again; where that cannot be said now, it stays to be fetched.
    await send('takePeopleExport', { path: { id }, body: {} }, newKey()).catch(() => null)
    await dropParts(id)
  } catch (error) {
    change({ state: 'broken', error })
  }
}

const save = (blob: Blob, name: string): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
