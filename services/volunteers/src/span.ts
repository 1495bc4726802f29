/** One writing for each moment, so that moments compare as text. */
export const instant = (text: string): string => new Date(text).toISOString()

/** Whole minutes, rounded down. */
export const minutesBetween = (from: string, to: string): number => Math.floor((Date.parse(to) - Date.parse(from)) / 60_000)

export const minutesAfter = (at: string, minutes: number): string => new Date(Date.parse(at) + minutes * 60_000).toISOString()

/** The calendar day of a moment where the unit is, as 2026-11-21. */
export const dayIn = (timeZone: string, at: string): string => new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(at))

type Span = { readonly from: string; readonly to: string }

export const overlap = (one: Span, other: Span): boolean => one.from < other.to && other.from < one.to
