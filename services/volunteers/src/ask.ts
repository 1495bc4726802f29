/** What decisions of volunteers may ask beforehand. */
export type Ask = {
  /** Throws `unknown-shift`. */
  readonly shift: (id: string) => Promise<ShiftFacts>
  /** Of the activities service, asked afresh. */
  readonly activity: (id: string) => Promise<{ readonly exists: boolean; readonly status: string }>
  /** Open shifts of an activity. */
  readonly shiftsOf: (activity: string) => Promise<readonly string[]>
  readonly hasSeat: (shift: string, person: string) => Promise<boolean>
  /** An open shift of the same time where the person has a seat or waits for one. */
  readonly clash: (person: string, shift: ShiftFacts) => Promise<ServedSpan | null>
  /** The shift, not over yet, at which the person is checked in, other than this one. */
  readonly checkedInAt: (person: string, except: string, now: string) => Promise<string | null>
  /** Confirmed hours of the person within a day and a half of this span, other than this shift's. */
  readonly confirmedNear: (person: string, except: string, span: { readonly from: string; readonly to: string }) => Promise<readonly ServedSpan[]>
  /** Does the person hold a post in the unit or below it? */
  readonly worksIn: (person: string, unit: string, now: string) => boolean
  readonly timezone: (unit: string) => string
}

export type ShiftFacts = {
  readonly id: string
  readonly unit: string
  readonly status: 'open' | 'closed'
  readonly activity: string | null
  readonly from: string
  readonly to: string
  readonly seats: number
}

/** A time that somebody has given, or promised, to a shift. */
export type ServedSpan = { readonly shift: string; readonly from: string; readonly to: string; readonly minutes: number }
