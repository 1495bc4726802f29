const dayMs = 24 * 60 * 60 * 1000

/** Midnight at the beginning of a day in a time zone, as a UTC instant: where daylight saving skips it, the first moment after. */
export const startOfDay = (day: string, timezone: string): string => {
  const utc = Date.parse(`${day}T00:00:00.000Z`)
  // An offset is asked at a moment, and the moment needs the offset: the second look is right on days that change it.
  const guess = utc - offsetAt(utc, timezone)
  return new Date(utc - offsetAt(guess, timezone)).toISOString()
}

/** The last millisecond of a day in a time zone, as a UTC instant. */
export const endOfDay = (day: string, timezone: string): string => {
  const next = new Date(Date.parse(`${day}T00:00:00.000Z`) + dayMs).toISOString().slice(0, 10)
  return new Date(Date.parse(startOfDay(next, timezone)) - 1).toISOString()
}

const offsetAt = (moment: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return local - Math.floor(moment / 1000) * 1000
}
