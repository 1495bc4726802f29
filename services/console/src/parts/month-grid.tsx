import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { daysBetween, plusDays } from './days.ts'
import { useFormats } from './format.ts'

type Props = {
  /** The chosen day; null = none yet. */
  readonly day: string | null
  readonly max?: string
  readonly onDay: (day: string) => void
}

const firstOf = (day: string): string => `${day.slice(0, 7)}-01`
/** Weeks begin on Monday. */
const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
const anyMonday = '2026-11-02'

/** The days of a month to choose from; the arrows walk, Page up and down change the month. */
export const MonthGrid = ({ day, max, onDay }: Props) => {
  const { t, i18n } = useTranslation()
  const { weekday } = useFormats()
  const today = new Date().toISOString().slice(0, 10)
  const [at, setAt] = useState(day ?? (max !== undefined && max < today ? max : today))
  const grid = useRef<HTMLDivElement>(null)
  useEffect(() => grid.current?.querySelector<HTMLElement>(`[data-day="${at}"]`)?.focus(), [at])
  const first = firstOf(at)
  const next = firstOf(plusDays(first, 31))
  const days = Array.from({ length: daysBetween(first, next) }, (_, index) => plusDays(first, index))
  const names = new Intl.DateTimeFormat(i18n.language, { weekday: 'narrow', timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(i18n.language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${first}T00:00:00Z`))
  const walk = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key]
    const to = step !== undefined ? plusDays(at, step) : event.key === 'PageUp' ? plusDays(first, -1) : event.key === 'PageDown' ? next : null
    if (to === null) return
    event.preventDefault()
    event.stopPropagation()
    setAt(max !== undefined && to > max ? max : to)
  }
  return (
    <div className="month" role="dialog" aria-label={t('date.choose')}>
      <div className="month-head">
        <button type="button" className="button round" aria-label={t('date.before')} onClick={() => setAt(plusDays(first, -1))}>
          ‹
        </button>
        <strong aria-live="polite">{month}</strong>
        <button type="button" className="button round" aria-label={t('date.after')} disabled={max !== undefined && next > max} onClick={() => setAt(next)}>
          ›
        </button>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows walk over the days, which are buttons */}
      <div className="month-days" ref={grid} onKeyDown={walk}>
        {Array.from({ length: 7 }, (_, index) => (
          <span key={index} className="quiet" aria-hidden="true">
            {names.format(new Date(`${plusDays(anyMonday, index)}T00:00:00Z`))}
          </span>
        ))}
        {days.map((each, index) => (
          <button
            key={each}
            type="button"
            data-day={each}
            data-column={index === 0 ? weekdayOf(each) + 1 : undefined}
            tabIndex={each === at ? 0 : -1}
            aria-pressed={each === day}
            aria-current={each === today ? 'date' : undefined}
            aria-label={weekday(each)}
            disabled={max !== undefined && each > max}
            onClick={() => onDay(each)}
          >
            {Number(each.slice(8))}
          </button>
        ))}
      </div>
    </div>
  )
}
