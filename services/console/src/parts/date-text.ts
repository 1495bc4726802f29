import { isDay } from './days.ts'

/** Days and moments as people type them: `2026-11-25`, `2026/11/25`, `2026年11月25日`, each with ` 17:00` behind it where a time is asked for. */

const form = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2})[:：.](\d{2}))?$/

const two = (text: string): string => text.padStart(2, '0')

/** What was typed, as `2026-11-25` or `2026-11-25T17:00`; null where it is no day, or no time of day. */
export const dateOf = (typed: string, withTime: boolean): string | null => {
  const [, year, month, date, hour, minute] = form.exec(typed.trim()) ?? []
  if (year === undefined || month === undefined || date === undefined) return null
  const day = `${year}-${two(month)}-${two(date)}`
  // A day that no month has, as 31 February, is none.
  if (!isDay(day) || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day) return null
  if (!withTime) return hour === undefined ? day : null
  if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59) return null
  return `${day}T${two(hour)}:${minute}`
}

/** How it stands in the field: a space between day and time. */
export const shownDate = (value: string): string => value.replace('T', ' ')
