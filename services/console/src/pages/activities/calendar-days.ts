import { dayIn, daysBetween, plusDays } from '../../parts/days.ts'
import type { Span } from './search.ts'

/** Weeks begin on Monday: how many days a day lies after it. */
const afterMonday = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7

/** The days that a calendar shows around a day: its week, or all weeks of its month. */
export const shownDays = (day: string, span: Span): readonly string[] => {
  const first = span === 'week' ? day : `${day.slice(0, 7)}-01`
  const from = plusDays(first, -afterMonday(first))
  const last = span === 'week' ? day : plusDays(nextMonth(day), -1)
  const until = plusDays(last, 6 - afterMonday(last))
  return Array.from({ length: daysBetween(from, until) + 1 }, (_, index) => plusDays(from, index))
}

const nextMonth = (day: string): string =>
  plusDays(`${day.slice(0, 7)}-28`, 4)
    .slice(0, 8)
    .concat('01')

/** The same place one month or week on, or back. */
export const stepped = (day: string, span: Span, by: 1 | -1): string =>
  span === 'week' ? plusDays(day, 7 * by) : by === 1 ? nextMonth(day) : `${plusDays(`${day.slice(0, 7)}-01`, -1).slice(0, 7)}-01`

/** What lies on each day in a time zone; what goes on for several days lies on each of them. */
export const byDay = <Item extends { readonly startsAt: string; readonly endsAt: string }>(
  items: readonly Item[],
  timeZone: string,
): ReadonlyMap<string, readonly Item[]> => {
  const days = new Map<string, Item[]>()
  for (const item of items.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))) {
    const first = dayIn(timeZone, new Date(item.startsAt))
    // What ends at midnight is over the day before.
    const last = dayIn(timeZone, new Date(Date.parse(item.endsAt) - 1))
    for (let day = first; day <= last; day = plusDays(day, 1)) days.set(day, [...(days.get(day) ?? []), item])
  }
  return days
}
