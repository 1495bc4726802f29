import { isDay } from '../../parts/days.ts'

export const looks = ['list', 'board', 'calendar'] as const
export type Look = (typeof looks)[number]
export const spans = ['month', 'week'] as const
export type Span = (typeof spans)[number]

/** What the address of the activities may ask for; `day` is any day of the month or week that the calendar shows. */
export type Search = { readonly look?: Look; readonly unit?: string; readonly status?: string; readonly span?: Span; readonly day?: string }

const oneOf = <const T extends string>(all: readonly T[], value: unknown): T | undefined => all.find((each) => each === value)
const text = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined)

/** Keeps what can be asked for; drops the rest in silence, as an address may be old. */
export const searchOf = (given: Record<string, unknown>): Search => ({
  ...with_('look', oneOf(looks, given.look)),
  ...with_('unit', text(given.unit)),
  ...with_('status', text(given.status)),
  ...with_('span', oneOf(spans, given.span)),
  ...with_('day', isDay(given.day) ? given.day : undefined),
})

const with_ = <const Name extends string, Value>(name: Name, value: Value | undefined): { readonly [N in Name]?: Value } =>
  value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]?: Value })
