import { language } from './words.ts'

/** From a moment to another in the campus' time zone, as people write it; the platform's own ranges write a Chinese day as 12/11. */
export const span = (from: string, to: string, timeZone: string): string => {
  const time = { hour: '2-digit', minute: '2-digit', timeZone } as const
  const moment = new Intl.DateTimeFormat(language, { weekday: 'short', month: 'short', day: 'numeric', ...time })
  const [first, last] = [new Date(from), new Date(to)]
  if (language === 'en') return moment.formatRange(first, last)
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeZone })
  const end = day.format(first) === day.format(last) ? new Intl.DateTimeFormat(language, time) : moment
  return `${moment.format(first)} – ${end.format(last)}`
}

/** The time of the day in the campus' time zone. */
export const clock = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone }).format(new Date(at))
