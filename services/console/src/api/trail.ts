import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ask, type Listed, queryOf } from './http.ts'

/** A record of the trail, exactly as history holds it. */
export type Fact = {
  readonly id: string
  readonly service: string
  readonly shard: number
  readonly position: number
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly unit: string
  readonly occurred: string
  readonly recorded: string
  readonly actor: { readonly person: string | null; readonly post: { readonly kind: string; readonly unit: string } | null; readonly system: string | null }
  readonly correlation: string
  readonly causation: string
  readonly command: string
  readonly reason: string | null
  readonly policies: Readonly<Record<string, { readonly value: number | string | boolean; readonly version: number }>>
  readonly data: Readonly<Record<string, unknown>>
}

/** What the trail can be asked for; `from` and `to` are instants. */
export type Asked = { readonly [Name in 'person' | 'unit' | 'service' | 'stream' | 'type' | 'correlation' | 'from' | 'to']?: string | undefined }

/** Newest first, a page at a time. */
export const trail = (asked: Asked, limit = 50) =>
  infiniteQueryOptions({
    queryKey: ['trail', asked, limit],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) => ask<Listed<Fact>>(`/trail${queryOf({ ...asked, limit, cursor: pageParam })}`, { signal }),
    getNextPageParam: (page) => page.nextCursor,
  })

export type FactKey = { readonly service: string; readonly stream: string; readonly version: number }

/** Facts never change, so one that was read stays good. */
export const fact = ({ service, stream, version }: FactKey) =>
  queryOptions({
    queryKey: ['fact', service, stream, version],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => ask<Fact>(`/trail/${service}/${encodeURIComponent(stream)}/${version}`, { signal }),
  })

/** Below a minute it is the time that a decision takes. */
const noticedMs = 60_000

/** Was it entered later than it took effect? */
export const isBackDated = ({ occurred, recorded }: Fact): boolean => Date.parse(recorded) - Date.parse(occurred) > noticedMs
