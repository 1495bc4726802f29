import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Reads } from './generated/schema.ts'
import { ask, filled, queryOf } from './http.ts'

type ReadPath = keyof Reads
export type Answer<P extends ReadPath> = Reads[P]['answer']
/** One row of a list. */
export type Row<P extends ReadPath> = Answer<P> extends { readonly items: readonly (infer Item)[] } ? Item : never
type Blank = Record<never, never>
type Given<P extends ReadPath> = (Reads[P]['path'] extends Blank
  ? Blank extends Reads[P]['path']
    ? { readonly path?: Blank }
    : { readonly path: Reads[P]['path'] }
  : never) & {
  readonly query?: { readonly [Name in keyof Reads[P]['query']]?: Reads[P]['query'][Name] | null }
}
type Arguments<P extends ReadPath> = Blank extends Reads[P]['path'] ? [given?: Given<P>] : [given: Given<P>]

/** The first word of the key of every query that a command or a live change may make stale. */
export const readKey = 'read'

const read = <P extends ReadPath>(path: P, given: Given<P> | undefined, more: Record<string, unknown>, signal?: AbortSignal): Promise<Answer<P>> => {
  const { path: blanks, query } = (given ?? {}) as { path?: Record<string, unknown>; query?: Record<string, unknown> }
  return ask(`${filled(path, blanks)}${queryOf({ ...query, ...more })}`, { signal })
}

/** A query of what is read at a path of the API: `useQuery(reading('/activities/{id}', { path: { id } }))`. */
export const reading = <P extends ReadPath>(path: P, ...[given]: Arguments<P>) =>
  queryOptions({
    queryKey: [readKey, path, given ?? null] as const,
    queryFn: ({ signal }) => read(path, given, {}, signal),
  })

/** The same for a list, a page at a time: `useInfiniteQuery(listing('/activities', { query: { status } }))`; `rowsOf` gives the rows. */
export const listing = <P extends ReadPath>(path: P, ...[given]: Arguments<P>) =>
  infiniteQueryOptions({
    queryKey: [readKey, path, given ?? null, 'pages'] as const,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) => read(path, given, { cursor: pageParam }, signal),
    getNextPageParam: (page: Answer<P>) => (page as { nextCursor?: string | null }).nextCursor,
  })

/** All rows that have been loaded so far. */
export const rowsOf = <Item>(pages: { readonly data?: { readonly pages: readonly { readonly items: readonly Item[] }[] } | undefined }): readonly Item[] =>
  pages.data?.pages.flatMap((page) => page.items) ?? []
