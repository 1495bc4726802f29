/** From a moment to another, as people write it in a language: the day once where both are on it, the years where they are two, one where they are the same. */
export const spanOf = (language: string, timeZone: string): ((from: Date, to: Date) => string) => {
  const isChinese = language.startsWith('zh')
  const time = { hour: isChinese ? '2-digit' : 'numeric', minute: '2-digit', timeZone } as const
  const moment = { weekday: 'short', month: 'short', day: 'numeric', ...time } as const
  const range = new Intl.DateTimeFormat(language, moment)
  // The platform's own ranges write a Chinese day as 12/11; people write 12月11日.
  if (!isChinese) return (from, to) => range.formatRange(from, to)
  const [withYear, clock] = [new Intl.DateTimeFormat(language, { year: 'numeric', ...moment }), new Intl.DateTimeFormat(language, time)]
  const day = new Intl.DateTimeFormat('en-CA', { timeZone })
  return (from, to) => {
    const [first, last] = [day.format(from), day.format(to)]
    const [begins, ends] = [clock.format(from), clock.format(to)]
    if (first === last) return begins === ends ? range.format(from) : `${range.format(from)}–${ends}`
    const format = first.slice(0, 4) === last.slice(0, 4) ? range : withYear
    return `${format.format(from)} – ${format.format(to)}`
  }
}
