import { language } from './words.ts'

/** From a moment to another in the campus' time zone, as people write it. */
export const span = (from: string, to: string, timeZone: string): string =>
  new Intl.DateTimeFormat(language, { weekday: 'short', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZone }).formatRange(
    new Date(from),
    new Date(to),
  )

/** The time of the day in the campus' time zone. */
export const clock = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone }).format(new Date(at))
