import { queryOptions } from '@tanstack/react-query'
import type { Reads } from './generated/schema.ts'
import { ask, queryOf } from './http.ts'

/** Money in fen, shares 0..1, volunteering in minutes; null = nothing to say yet. */
export type Dashboard = Reads['/dashboards/{unit}']['answer']
export type Figures = Dashboard['figures']
export type Part = Dashboard['children'][number]
export type Week = Dashboard['weeks'][number]

/** Whose dashboard: the last part of its address. */
export type Subject = { readonly unit: string } | { readonly person: string }

export const pathOf = (subject: Subject): string =>
  'unit' in subject ? `/dashboards/${encodeURIComponent(subject.unit)}` : `/dashboards/officers/${encodeURIComponent(subject.person)}`

/** The picture as of a day, or (null) as of now; while another day loads, the last picture of the same subject stays. */
export const dashboard = (subject: Subject, on: string | null) =>
  queryOptions({
    queryKey: ['dashboard', pathOf(subject), on],
    staleTime: on === null ? 0 : 60_000,
    placeholderData: (previous: Dashboard | undefined, query) => (query?.queryKey[1] === pathOf(subject) ? previous : undefined),
    queryFn: ({ signal }) => ask<Dashboard>(`${pathOf(subject)}${queryOf({ on })}`, { signal }),
  })
