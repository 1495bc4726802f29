import { startOfDay } from '../../services/membership/src/day.ts'

const [minute, day] = [60_000, 86_400_000]

/** Days of the file as instants; nothing happens before the federation has its rules, and nothing is past that lies ahead of the clock. */
export type Calendar = {
  /** `minutes` after midnight of a day of the file, some days later (or, negative, earlier). */
  readonly at: (day: string, minutes: number, days?: number) => string
  readonly isPast: (instant: string) => boolean
}

export const calendarOf = (timezone: string, begin: string): Calendar => {
  const now = new Date().toISOString()
  const midnights = new Map<string, number>()
  const midnight = (on: string): number => {
    const known = midnights.get(on) ?? Date.parse(startOfDay(on, timezone))
    midnights.set(on, known)
    return known
  }
  const earliest = midnight(begin) + day / 2
  return {
    at: (on, minutes, days = 0) => {
      const instant = midnight(on) + days * day + minutes * minute
      // Squeezed together behind the beginning, in the order they had.
      return new Date(instant < earliest ? earliest + (((instant % day) + day) % day) / 24 : instant).toISOString()
    },
    isPast: (instant) => instant < now,
  }
}

/** A time of day in minutes. */
export const clock = (hours: number, minutes = 0): number => hours * 60 + minutes
