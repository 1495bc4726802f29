import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Label } from '../api/organization.ts'
import { spanOf } from './span.ts'

const labelIn =
  (language: string) =>
  (label: Label): string =>
    language.startsWith('zh') ? label.zh : label.en

/** How numbers, money, days and moments read in a language. */
const formatsOf = (language: string) => {
  const number = new Intl.NumberFormat(language)
  const decimal = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 2 })
  const money = new Intl.NumberFormat(language, { style: 'currency', currency: 'CNY', currencyDisplay: 'narrowSymbol' })
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const hours = new Intl.NumberFormat(language, { style: 'unit', unit: 'hour', unitDisplay: 'short', maximumFractionDigits: 1 })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  const shortDay = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const moments = new Map<string, Intl.DateTimeFormat>()
  const moment = (instant: string, timeZone: string): string => {
    const format = moments.get(timeZone) ?? new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone })
    moments.set(timeZone, format)
    return format.format(new Date(instant))
  }
  const spans = new Map<string, ReturnType<typeof spanOf>>()
  const span = (from: string, to: string, timeZone: string): string => {
    const format = spans.get(timeZone) ?? spanOf(language, timeZone)
    spans.set(timeZone, format)
    return format(new Date(from), new Date(to))
  }
  const zones = new Map<string, string>()
  const zone = (timeZone: string): string => {
    const known = zones.get(timeZone)
    if (known !== undefined) return known
    const parts = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'long' }).formatToParts()
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
    zones.set(timeZone, name)
    return name
  }
  const dateOf = (text: string): Date => new Date(`${text}T00:00:00Z`)
  return {
    number: (value: number): string => number.format(value),
    /** A mean of scores. */
    mean: (value: number): string => decimal.format(value),
    /** Fen in, yuan out. */
    money: (fen: number): string => money.format(fen / 100),
    share: (part: number): string => share.format(part),
    /** Minutes in, hours out. */
    hours: (minutes: number): string => hours.format(minutes / 60),
    /** A calendar day, as 2026-11-21. */
    day: (text: string): string => day.format(dateOf(text)),
    weekday: (text: string): string => weekday.format(dateOf(text)),
    shortDay: (text: string): string => shortDay.format(dateOf(text)),
    moment,
    /** From a moment to another, in a time zone, as people write it. */
    span,
    /** What people call a time zone, as `Asia/Shanghai`. */
    zone,
    label: labelIn(language),
    /** What a duty is called: in the reader's language where the system named it, else as somebody wrote it. */
    dutyTitle: ({ name, title }: { readonly name?: Label | null; readonly title: string }): string => (name ? labelIn(language)(name) : title),
  }
}

export type Formats = ReturnType<typeof formatsOf>

export const useFormats = (): Formats => {
  const { i18n } = useTranslation()
  return useMemo(() => formatsOf(i18n.language), [i18n.language])
}
