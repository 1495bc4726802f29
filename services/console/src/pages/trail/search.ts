import type { Asked } from '../../api/trail.ts'
import { isDay, plusDays, startOf } from '../../parts/days.ts'

/** What the address of the trail may ask for: ids as they are, `from` and `to` as days, both included. */
const filterNames = ['service', 'type', 'unit', 'person', 'stream', 'correlation', 'from', 'to'] as const
export type Search = { readonly [Name in (typeof filterNames)[number]]?: string }

/** Keeps what can be asked for; drops the rest in silence, as an address may be old. */
export const searchOf = (given: Record<string, unknown>): Search =>
  Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = given[name]
      const usable = name === 'from' || name === 'to' ? isDay(value) : typeof value === 'string' && value.trim() !== ''
      return usable ? [[name, String(value).trim()]] : []
    }),
  )

/** Only days need the federation's time zone. */
export const hasDays = ({ from, to }: Search): boolean => from !== undefined || to !== undefined

/** Days become the moments between which they lie in the federation's time zone. */
export const askedOf = ({ from, to, ...ids }: Search, timeZone: string): Asked => ({
  ...ids,
  ...(from === undefined ? {} : { from: startOf(from, timeZone) }),
  ...(to === undefined ? {} : { to: startOf(plusDays(to, 1), timeZone) }),
})
