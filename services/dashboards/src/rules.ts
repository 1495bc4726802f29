/**
 * What can be told of a policy: `by-date` each case is to be done by a day, `in-turn` each is to be followed by the next within so many days,
 * `each-term` everybody concerned owes it so many times a term, `enforced` the system itself sees to it, so that it cannot be broken.
 * Of a policy that is not named here nothing is recorded.
 */
export type Rule =
  | { readonly how: 'by-date' }
  | { readonly how: 'in-turn' }
  | { readonly how: 'each-term'; readonly of: 'unions' | 'officers' }
  | { readonly how: 'enforced' }

export const summaries = 'activity-summary.due-days'
export const exchanges = 'department-exchange.every-days'
export const erasures = 'erasure.acknowledge-hours'
export const evaluations = 'staff-evaluation.per-semester'
export const reports = 'report-to-guidance.per-semester.min'

const measured: Readonly<Record<string, Rule>> = {
  [summaries]: { how: 'by-date' },
  [erasures]: { how: 'by-date' },
  [exchanges]: { how: 'in-turn' },
  [reports]: { how: 'each-term', of: 'unions' },
  [evaluations]: { how: 'each-term', of: 'officers' },
}

/** Decisions that would break these are refused, or the system does by itself what they ask. */
const enforced: ReadonlySet<string> = new Set([
  'public-notice.days',
  'appointment.posts.max',
  'appointment.terms.max',
  'appointment.standing.min',
  'check-in.opens-before.minutes',
  'duty.reminder.days-before',
  'survey.open-days',
  'survey.min-answers',
  'volunteer-hours.per-day.max-minutes',
  'volunteer-hours.grace-minutes',
  'personnel.retention-days',
])
/** Nothing that was filed is ever thrown away. */
const isKept = (policy: string): boolean => /^retention\.[a-z]+\.years$/.test(policy)

/** How it is seen whether a policy is kept; null where nothing that is recorded tells. */
export const ruleOf = (policy: string): Rule | null => measured[policy] ?? (enforced.has(policy) || isKept(policy) ? { how: 'enforced' } : null)
