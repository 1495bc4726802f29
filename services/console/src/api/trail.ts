import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Reads } from './generated/schema.ts'
import { listing, type Row, reading } from './read.ts'

/** A record of the trail, exactly as history holds it. */
export type Fact = Row<'/trail'>

/** What the trail can be asked for; `from` and `to` are instants. */
export type Asked = Omit<Reads['/trail']['query'], 'limit' | 'cursor'>

/** Newest first, a page at a time. */
export const trail = (asked: Asked, limit = 50) => infiniteQueryOptions(listing('/trail', { query: { ...asked, limit } }))

export type FactKey = { readonly service: string; readonly stream: string; readonly version: number }

/** Facts never change, so one that was read stays good. */
export const fact = (key: FactKey) => queryOptions({ ...reading('/trail/{service}/{stream}/{version}', { path: key }), staleTime: Number.POSITIVE_INFINITY })

/** Below a minute it is the time that a decision takes. */
const noticedMs = 60_000

/** Was it entered later than it took effect? */
export const isBackDated = ({ occurred, recorded }: Pick<Fact, 'occurred' | 'recorded'>): boolean => Date.parse(recorded) - Date.parse(occurred) > noticedMs
