/** Sums of the metrics up to a moment, by name. Money in fen, minutes, counts; satisfaction and score sums are hundredths. */
export type Sums = Readonly<Record<string, number>>

/** What a dashboard shows, worked out from the sums in one place. Null = nothing to say yet. Money in fen, shares 0..1. */
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
  /** `budget` and `share` are of closed activities: a budget still being spent says nothing about thrift. */
  readonly money: { readonly budget: number; readonly spent: number; readonly share: number | null; readonly perHead: number | null }
  readonly satisfaction: { readonly answers: number; readonly mean: number | null }
  readonly volunteering: { readonly shifts: number; readonly signUps: number; readonly minutes: number; readonly noShows: number }
  readonly assessment: { readonly scored: number; readonly mean: number | null }
}

export const figuresOf = (sums: Sums): Figures => {
  const sum = (name: string): number => sums[name] ?? 0
  const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null)
  return {
    posts: { held: sum('posts.held') },
    activities: {
      proposed: sum('activities.proposed'),
      approved: sum('activities.approved'),
      held: sum('activities.held'),
      cancelled: sum('activities.cancelled'),
    },
    attendance: {
      registered: sum('attendance.registered'),
      checkedIn: sum('attendance.checked-in'),
      share: share(sum('attendance.checked-in'), sum('attendance.registered')),
    },
    meetings: {
      held: sum('meetings.held'),
      present: sum('meetings.present'),
      absent: sum('meetings.absent'),
      share: share(sum('meetings.present'), sum('meetings.present') + sum('meetings.absent')),
    },
    duties: {
      assigned: sum('duties.assigned'),
      open: sum('duties.open'),
      fulfilled: sum('duties.fulfilled'),
      escalated: sum('duties.escalated'),
      onTimeShare: share(sum('duties.on-time'), sum('duties.fulfilled')),
    },
    documents: { filed: sum('documents.filed') },
    money: {
      budget: sum('money.budget'),
      spent: sum('money.spent'),
      share: share(sum('money.spent-of-budget'), sum('money.budget')),
      perHead: share(sum('money.spent'), sum('attendance.checked-in')),
    },
    satisfaction: { answers: sum('satisfaction.answers'), mean: share(sum('satisfaction.sum') / 100, sum('satisfaction.answers')) },
    volunteering: {
      shifts: sum('volunteering.shifts'),
      signUps: sum('volunteering.sign-ups'),
      minutes: sum('volunteering.minutes'),
      noShows: sum('volunteering.no-shows'),
    },
    assessment: { scored: sum('assessments.scored'), mean: share(sum('assessments.sum') / 100, sum('assessments.scored')) },
  }
}
