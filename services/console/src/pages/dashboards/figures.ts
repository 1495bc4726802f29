import type { Figures } from '../../api/dashboards.ts'
import type { Formats } from '../../parts/format.ts'

/** A figure in words; null where there is nothing to say yet. */
type Show = (figures: Figures, formats: Formats) => string | null
export type Line = { readonly key: string; readonly show: Show }
/** A card: one headline, and the lines that explain it. `key` names the words of each. */
export type Card = { readonly id: string; readonly headline: Line; readonly lines: readonly Line[] }

const line = (key: string, show: Show): Line => ({ key, show })
const count = (key: string, of: (figures: Figures) => number): Line => line(key, (figures, { number }) => number(of(figures)))
const share = (key: string, of: (figures: Figures) => number | null): Line =>
  line(key, (figures, formats) => {
    const part = of(figures)
    return part === null ? null : formats.share(part)
  })
const mean = (key: string, of: (figures: Figures) => number | null): Line =>
  line(key, (figures, formats) => {
    const value = of(figures)
    return value === null ? null : formats.mean(value)
  })

const duties: Card = {
  id: 'duties',
  headline: count('open', ({ duties }) => duties.open),
  lines: [
    share('onTimeShare', ({ duties }) => duties.onTimeShare),
    count('fulfilled', ({ duties }) => duties.fulfilled),
    count('escalated', ({ duties }) => duties.escalated),
  ],
}
const meetings: Card = {
  id: 'meetings',
  headline: share('share', ({ meetings }) => meetings.share),
  lines: [
    count('held', ({ meetings }) => meetings.held),
    count('present', ({ meetings }) => meetings.present),
    count('absent', ({ meetings }) => meetings.absent),
  ],
}
const assessment: Card = {
  id: 'assessment',
  headline: mean('mean', ({ assessment }) => assessment.mean),
  lines: [count('scored', ({ assessment }) => assessment.scored)],
}
const posts: Card = { id: 'posts', headline: count('held', ({ posts }) => posts.held), lines: [] }
const hours = line('minutes', ({ volunteering }, formats) => formats.hours(volunteering.minutes))

export const unitCards: readonly Card[] = [
  {
    id: 'activities',
    headline: count('held', ({ activities }) => activities.held),
    lines: [
      count('proposed', ({ activities }) => activities.proposed),
      count('approved', ({ activities }) => activities.approved),
      count('cancelled', ({ activities }) => activities.cancelled),
    ],
  },
  {
    id: 'attendance',
    headline: share('share', ({ attendance }) => attendance.share),
    lines: [count('registered', ({ attendance }) => attendance.registered), count('checkedIn', ({ attendance }) => attendance.checkedIn)],
  },
  duties,
  meetings,
  {
    id: 'money',
    headline: line('spent', ({ money }, formats) => formats.money(money.spent)),
    lines: [
      line('budget', ({ money }, formats) => formats.money(money.budget)),
      share('share', ({ money }) => money.share),
      line('perHead', ({ money }, formats) => (money.perHead === null ? null : formats.money(money.perHead))),
    ],
  },
  {
    id: 'satisfaction',
    headline: mean('mean', ({ satisfaction }) => satisfaction.mean),
    lines: [count('answers', ({ satisfaction }) => satisfaction.answers)],
  },
  {
    id: 'volunteering',
    headline: hours,
    lines: [
      count('shifts', ({ volunteering }) => volunteering.shifts),
      count('signUps', ({ volunteering }) => volunteering.signUps),
      count('noShows', ({ volunteering }) => volunteering.noShows),
    ],
  },
  assessment,
  { id: 'documents', headline: count('filed', ({ documents }) => documents.filed), lines: [] },
  posts,
]

/** Of an officer only what an officer does is counted: nobody's check-ins but the own. */
export const officerCards: readonly Card[] = [
  duties,
  meetings,
  { id: 'volunteering', headline: hours, lines: [] },
  { id: 'attendance', headline: count('came', ({ attendance }) => attendance.checkedIn), lines: [] },
  assessment,
  posts,
]

/** What a chart can draw, week by week. */
export type Measure = {
  readonly id: string
  readonly of: (figures: Figures) => number | null
  readonly show: (value: number, formats: Formats) => string
  readonly counts?: true
}

const plain = (value: number, { number }: Formats): string => number(value)
const percent = (value: number, formats: Formats): string => formats.share(value)
const opened: Measure = { id: 'dutiesOpen', of: ({ duties }) => duties.open, show: plain, counts: true }
const fulfilled: Measure = { id: 'dutiesFulfilled', of: ({ duties }) => duties.fulfilled, show: plain, counts: true }
const checkedIn: Measure = { id: 'checkedIn', of: ({ attendance }) => attendance.checkedIn, show: plain, counts: true }
const volunteered: Measure = { id: 'hours', of: ({ volunteering }) => volunteering.minutes, show: (value, formats) => formats.hours(value) }

export const unitMeasures: readonly Measure[] = [
  { id: 'activitiesHeld', of: ({ activities }) => activities.held, show: plain, counts: true },
  checkedIn,
  { id: 'attendanceShare', of: ({ attendance }) => attendance.share, show: percent },
  opened,
  fulfilled,
  { id: 'documentsFiled', of: ({ documents }) => documents.filed, show: plain, counts: true },
  { id: 'spent', of: ({ money }) => money.spent, show: (value, formats) => formats.money(value) },
  volunteered,
  { id: 'satisfaction', of: ({ satisfaction }) => satisfaction.mean, show: (value, formats) => formats.mean(value) },
]
export const officerMeasures: readonly Measure[] = [
  fulfilled,
  opened,
  { id: 'meetingsPresent', of: ({ meetings }) => meetings.present, show: plain, counts: true },
  volunteered,
  checkedIn,
]
