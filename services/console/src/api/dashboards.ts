import { queryOptions } from '@tanstack/react-query'
import { ask, queryOf } from './http.ts'
import type { Label } from './organization.ts'

/** Money in fen, shares 0..1, volunteering in minutes; null = nothing to say yet. */
export type Figures = {
  readonly posts: { readonly held: number }
  readonly activities: { readonly proposed: number; readonly approved: number; readonly held: number; readonly cancelled: number }
  readonly attendance: { readonly registered: number; readonly checkedIn: number; readonly share: number | null }
  readonly meetings: { readonly held: number; readonly present: number; readonly absent: number; readonly share: number | null }
  readonly duties: {
    readonly assigned: number
    readonly open: number
    readonly fulfilled: number
    readonly escalated: number
    readonly onTimeShare: number | null
  }
  readonly documents: { readonly filed: number }
  readonly money: { readonly budget: number; readonly spent: number; readonly share: number | null; readonly perHead: number | null }
  readonly satisfaction: { readonly answers: number; readonly mean: number | null }
  readonly volunteering: { readonly shifts: number; readonly signUps: number; readonly minutes: number; readonly noShows: number }
  readonly assessment: { readonly scored: number; readonly mean: number | null }
}
export type Part = { readonly unit: string; readonly kind: string; readonly name: Label; readonly figures: Figures }
export type Week = { readonly until: string; readonly figures: Figures }
export type Dashboard = {
  readonly subject: string
  readonly kind: string
  readonly name: Label | null
  readonly on: string | null
  readonly timezone: string
  readonly figures: Figures
  readonly children: readonly Part[]
  readonly weeks: readonly Week[]
}

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
