/** Calendar days as text (2026-11-21): they compare as text, and know no time zone of their own. */

const dayMs = 86_400_000

export const plusDays = (day: string, count: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10)

export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs)

/** Which day it is in a time zone. */
export const dayIn = (timeZone: string, at: Date = new Date()): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at)

/** The moment at which a day begins in a time zone. */
export const startOf = (day: string, timeZone: string): string => {
  const guess = Date.parse(`${day}T00:00:00Z`)
  const wall = new Date(guess).toLocaleString('sv-SE', { timeZone })
  return new Date(guess - (Date.parse(`${wall.replace(' ', 'T')}Z`) - guess)).toISOString()
}

export const isDay = (text: unknown): text is string => typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))

/** A moment as a clock on the wall of a time zone shows it: `2026-11-21T17:00`. */
export const wallOf = (instant: string, timeZone: string): string => new Date(instant).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T').slice(0, 16)

/** The moment that such a clock means. Where clocks are put forward, the hour that is left out means the one after. */
export const instantOf = (wall: string, timeZone: string): string => {
  const asUtc = Date.parse(`${wall}:00Z`)
  const offsetAt = (at: number): number => Date.parse(`${wallOf(new Date(at).toISOString(), timeZone)}:00Z`) - at
  const guess = asUtc - offsetAt(asUtc)
  return new Date(asUtc - offsetAt(guess)).toISOString()
}
