import { queryOptions } from '@tanstack/react-query'
import type { Reads } from './generated/schema.ts'
import { ask, queryOf } from './http.ts'
import { readKey } from './read.ts'

/** What people are called. A page that shows fifty of them asks once: what is wanted within one breath travels together. */

const path = '/people/names'
/** As many as the API takes at a time. */
const most = 100
const breathMs = 10

type Wanting = { readonly told: (name: string | null) => void; readonly failed: (error: unknown) => void }
let wanted = new Map<string, Wanting[]>()

const askFor = async (batch: ReadonlyMap<string, readonly Wanting[]>): Promise<void> => {
  try {
    const { items } = await ask<Reads[typeof path]['answer']>(`${path}${queryOf({ ids: [...batch.keys()].join(',') })}`)
    const names = new Map(items.map(({ id, name }) => [id, name]))
    for (const [id, all] of batch) for (const { told } of all) told(names.get(id) ?? null)
  } catch (error) {
    for (const all of batch.values()) for (const { failed } of all) failed(error)
  }
}

const askForAll = (): void => {
  const all = [...wanted]
  wanted = new Map()
  for (let at = 0; at < all.length; at += most) void askFor(new Map(all.slice(at, at + most)))
}

const nameOf = (id: string): Promise<string | null> =>
  new Promise((told, failed) => {
    if (wanted.size === 0) setTimeout(askForAll, breathMs)
    wanted.set(id, [...(wanted.get(id) ?? []), { told, failed }])
  })

/** Somebody's name; null where the reader may not know it, or nobody does any more. */
export const personName = (id: string) =>
  queryOptions({ queryKey: [readKey, path, id] as const, staleTime: 5 * 60_000, enabled: id !== '', queryFn: () => nameOf(id) })
