import { queryOptions } from '@tanstack/react-query'
import { ask, queryOf } from './http.ts'
import type { Fact } from './trail.ts'

type OpenApi = { readonly paths: Readonly<Record<string, { readonly get?: { readonly operationId?: string } }>> }

/** Where each kind of aggregate is read, by the prefix of its streams: `activity` → `/api/v1/activities/`. */
export type Readers = ReadonlyMap<string, string>

const kebab = (camel: string): string => camel.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The API's own document says it: each aggregate has an operation `<name>History` at `<path>/{id}/history`. */
const readersOf = ({ paths }: OpenApi): Readers =>
  new Map(
    Object.entries(paths).flatMap(([path, { get }]) => {
      const name = /^(\w+)History$/.exec(get?.operationId ?? '')?.[1]
      const address = /^(.*\/)\{id\}\/history$/.exec(path)?.[1]
      return name !== undefined && address !== undefined ? [[kebab(name), address] as const] : []
    }),
  )

export const readers = queryOptions({
  queryKey: ['readers'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }) => readersOf(await ask<OpenApi>('/api/openapi.json', { signal })),
})

/** The address of a stream's aggregate; null for one that cannot be read. Names may hold hyphens, so the longest that fits is meant. */
export const addressOf = (known: Readers, stream: string): string | null => {
  const [name] = [...known.keys()].filter((each) => stream.startsWith(`${each}-`)).toSorted((a, b) => b.length - a.length)
  return name === undefined ? null : `${known.get(name)}${encodeURIComponent(stream.slice(name.length + 1))}`
}

type State = { readonly version: number; readonly state: Readonly<Record<string, unknown>> }

/** An aggregate right after its nth fact; before the first it is nothing (null). */
export const stateAt = (address: string, version: number) =>
  queryOptions({
    queryKey: ['state', address, version],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (version === 0 ? null : (await ask<State>(`${address}${queryOf({ version })}`, { signal })).state),
  })

/** A fact of an aggregate, as its history tells it. */
export type FactOfRecord = Pick<Fact, 'id' | 'type' | 'version' | 'occurred' | 'recorded' | 'actor' | 'reason' | 'shard' | 'position'>

/** Everything that happened to an aggregate, oldest first. */
export const history = (address: string) =>
  queryOptions({ queryKey: ['history', address], queryFn: ({ signal }) => ask<{ readonly items: readonly FactOfRecord[] }>(`${address}/history`, { signal }) })

type Difference = { readonly from: State; readonly to: State; readonly facts: readonly Omit<FactOfRecord, 'shard' | 'position'>[] }

/** An aggregate at two moments, each a version, an instant or a position, and what happened in between. */
export const difference = (address: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['difference', address, from, to],
    queryFn: ({ signal }) => ask<Difference>(`${address}/difference${queryOf({ from, to })}`, { signal }),
  })
