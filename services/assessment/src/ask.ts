import type { SchemeState } from './scheme-state.ts'
import type { EventRef } from './scoring.ts'

type Evident = { readonly evidence: readonly EventRef[] }
type Counts = { readonly attended: number; readonly absent: number }

/** What decisions of assessment may ask beforehand. Numbers come from their owners, asked afresh, each with the facts behind it. */
export type Ask = {
  /** Throws `unknown-scheme`. */
  readonly scheme: (id: string) => Promise<{ readonly unit: string; readonly state: Exclude<SchemeState, { status: 'none' }> }>
  readonly activity: (id: string) => Promise<ActivityFacts>
  /** The campus of a person; null for nobody. */
  readonly campusOfPerson: (person: string) => Promise<string | null>
  readonly campusOfUnit: (unit: string) => string | null
  /** Is the unit the first one, or below it? */
  readonly covers: (above: string, unit: string) => boolean
  /** Activities held within the span that the person organized. */
  readonly organized: (person: string, from: string, to: string) => Promise<readonly string[]>
  readonly attendance: (person: string, from: string, to: string) => Promise<{ readonly activities: Counts; readonly meetings: Counts } & Evident>
  readonly dutiesOfPerson: (person: string, from: string, to: string) => Promise<DutyFacts>
  readonly dutiesOfUnit: (unit: string, from: string, to: string) => Promise<DutyFacts>
  readonly spending: (activity: string) => Promise<{ readonly exists: boolean; readonly budget: number; readonly spent: number } & Evident>
  /** `mean` from 0 to 1. */
  readonly satisfaction: (activity: string) => Promise<{ readonly answers: number; readonly mean: number } & Evident>
  readonly hours: (person: string, from: string, to: string) => Promise<{ readonly minutes: number } & Evident>
}

export type ActivityFacts = {
  readonly exists: boolean
  readonly unit: string
  readonly organizers: readonly string[]
  readonly registered: number
  readonly attended: number
} & Evident

export type DutyFacts = { readonly onTime: number; readonly fulfilled: number; readonly overdue: number } & Evident
