import { useSyncExternalStore } from 'react'
import { Problem, problemOf } from '../../api/problem.ts'
import { wholeRows } from './whole-rows.ts'

/** Lists of people on their way to this device: they go on while somebody looks at another page, and a CSV that broke off goes on where it did. */

export type Format = 'csv' | 'xlsx'
export type PeopleExport = {
  readonly id: string
  readonly unit: string
  readonly format: Format
  readonly at: string
  readonly state: 'running' | 'broken' | 'saved'
  /** Rows that have arrived (CSV), bytes else; and of how many rows. */
  readonly rows: number
  readonly bytes: number
  readonly of: number | null
  readonly error?: unknown
}

const kept = 'collegium.exports'
const mostKept = 5
const listeners = new Set<() => void>()
const parts = new Map<string, Uint8Array<ArrayBuffer>[]>()

/** What was under way when the page was left is on record: it is fetched again, or goes on. */
const before = (): PeopleExport[] => {
  try {
    const told = JSON.parse(localStorage.getItem(kept) ?? '[]') as PeopleExport[]
    return told.map((each) => (each.state === 'running' ? { ...each, state: 'broken', rows: 0, bytes: 0 } : each))
  } catch {
    return []
  }
}
let all: readonly PeopleExport[] = before()

const change = (id: string, next: Partial<PeopleExport>): void => {
  all = all.map((each) => (each.id === id ? { ...each, ...next } : each))
  localStorage.setItem(kept, JSON.stringify(all.map(({ error: _, ...each }) => each)))
  for (const listener of listeners) listener()
}

export const useExports = (): readonly PeopleExport[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => all,
  )

/** Fetches an export that was ordered. */
export const begin = (id: string, unit: string, format: Format): void => {
  all = [{ id, unit, format, at: new Date().toISOString(), state: 'running' as const, rows: 0, bytes: 0, of: null }, ...all].slice(0, mostKept)
  void fetchRest(id)
}

/** Goes on after the last whole row of a CSV that is still here; else from the beginning. */
export const goOn = (id: string): void => {
  if (all.find((each) => each.id === id)?.state === 'broken') void fetchRest(id)
}

const fetchRest = async (id: string): Promise<void> => {
  const found = all.find((each) => each.id === id)
  if (!found) return
  const here = found.format === 'csv' ? wholeRows(parts.get(id) ?? []) : null
  const chunks: Uint8Array<ArrayBuffer>[] = here ? [here.bytes] : []
  let [rows, bytes] = [here?.rows ?? 0, here?.bytes.length ?? 0]
  parts.set(id, chunks)
  change(id, { state: 'running', rows, bytes, error: undefined })
  try {
    const response = await fetch(`/api/v1/people/exports/${encodeURIComponent(id)}/file${here ? `?after=${encodeURIComponent(here.last)}` : ''}`, {
      headers: { 'accept-language': document.documentElement.lang },
    })
    if (!response.ok) throw await problemOf(response)
    const coming = Number(response.headers.get('collegium-rows'))
    change(id, { of: rows + coming })
    const reader = (response.body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      chunks.push(value)
      bytes += value.length
      rows += value.reduce((count, each) => count + (each === 10 ? 1 : 0), 0)
      // The head of a CSV is a line and no row.
      change(id, { bytes, rows: found.format === 'csv' ? rows - (here ? 0 : 1) : 0 })
    }
    // A line that breaks may look like an end.
    if (found.format === 'csv' && rows - (here ? 0 : 1) !== coming + (here?.rows ?? 0)) throw new Problem({ status: 0, code: 'unreachable' })
    save(new Blob(chunks), `people-${found.unit}.${found.format}`)
    parts.delete(id)
    change(id, { state: 'saved', rows: coming + (here?.rows ?? 0) })
  } catch (error) {
    change(id, { state: 'broken', error })
  }
}

const save = (blob: Blob, name: string): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
