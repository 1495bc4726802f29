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

const time = { hour: 'numeric', minute: '2-digit' } as const
const day = { month: 'short', day: 'numeric' } as const
const formats = new Map<string, { readonly day: Intl.DateTimeFormat; readonly today: Intl.DateTimeFormat; readonly other: Intl.DateTimeFormat }>()
/** Made once a zone: a list has hundreds of times on it, and a phone takes its time over each format. */
const formatsOf = (timeZone: string) => {
  const known = formats.get(timeZone) ?? {
    day: new Intl.DateTimeFormat('en-CA', { timeZone }),
    today: new Intl.DateTimeFormat(language, { ...time, timeZone }),
    other: new Intl.DateTimeFormat(language, { ...day, ...time, timeZone }),
  }
  formats.set(timeZone, known)
  return known
}

/** When it was in the campus' time zone; with its day where that is not today. */
export const when = (at: string, timeZone: string): string => {
  const { day, today, other } = formatsOf(timeZone)
  const moment = new Date(at)
  return (day.format(moment) === day.format(new Date()) ? today : other).format(moment)
}
