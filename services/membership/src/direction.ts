/** Which way a policy gets tighter: `more` (five days of notice instead of three) or `less` (every week instead of every second). */
export type Tighter = 'more' | 'less'
type Value = number | string | boolean

/** What a name's ending says, where a file does not say it: an upper bound, a rhythm or a time to answer gets tighter downwards. */
const tightenedByLess = /(\.max|\.every-days|\.within-days|\.first-reply\.days|reply\.days)$/

export const directionOf = (name: string): Tighter => (tightenedByLess.test(name) ? 'less' : 'more')

/** Would `value` be looser than `than`? Texts have no order: any other text counts as looser. */
export const isLooser = (tighter: Tighter, value: Value, than: Value): boolean => {
  if (typeof value !== typeof than) return true
  if (typeof value === 'string') return value !== than
  return tighter === 'more' ? value < than : value > than
}

/** The versions that are in force at some moment from `from` on. */
export const inForceFrom = <V extends { readonly from: string }>(versions: readonly V[], from: string): V[] => {
  const current = versions.findLastIndex((version) => version.from <= from)
  return versions.slice(Math.max(current, 0))
}
