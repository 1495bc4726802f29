import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { daysBetween, plusDays } from './days.ts'
import { useFormats } from './format.ts'
import { useWhenRested } from './when-rested.ts'
import './day-slider.css'

/** A hand that slides passes many days; only where it rests is asked for. */
const restMs = 120

type Props = {
  /** The first day that can be shown. */
  readonly from: string
  readonly today: string
  /** Null = live, the right end. */
  readonly on: string | null
  readonly onDay: (day: string | null) => void
}

/** Every day from the beginning of the term to today, and live at the right end. */
export const DaySlider = ({ from, today, on, onDay }: Props) => {
  const { t } = useTranslation()
  const { weekday, shortDay } = useFormats()
  const id = useId()
  const [sliding, setSliding] = useState<number | null>(null)
  const whenRested = useWhenRested(restMs)
  const callOff = useRef(() => {})
  useEffect(() => () => callOff.current(), [])

  const last = Math.max(1, daysBetween(from, today))
  const chosen = on === null ? last : Math.min(Math.max(0, daysBetween(from, on)), last)
  const at = sliding ?? chosen
  const dayAt = (index: number): string | null => (index >= last ? null : plusDays(from, index))
  const shown = sliding === null ? on : dayAt(at)
  const words = shown === null ? t('slider.live') : weekday(shown)

  const slide = (index: number): void => {
    setSliding(index)
    callOff.current()
    callOff.current = whenRested(() => {
      onDay(dayAt(index))
      setSliding(null)
    })
  }
  const step = (by: number): void => slide(Math.min(Math.max(0, at + by), last))

  return (
    <div className="slider">
      <div className="slider-head">
        <label htmlFor={id}>{t('slider.label')}</label>
        <output htmlFor={id}>{words}</output>
      </div>
      <div className="slider-row">
        <button type="button" className="button round" aria-label={t('slider.dayBefore')} disabled={at === 0} onClick={() => step(-1)}>
          ‹
        </button>
        <input id={id} type="range" min={0} max={last} value={at} aria-valuetext={words} onChange={(event) => slide(Number(event.target.value))} />
        <button type="button" className="button round" aria-label={t('slider.dayAfter')} disabled={at === last} onClick={() => step(1)}>
          ›
        </button>
        <button type="button" className="button" aria-pressed={shown === null} onClick={() => slide(last)}>
          {t('slider.now')}
        </button>
      </div>
      <div className="slider-ends quiet" aria-hidden="true">
        <span>{shortDay(from)}</span>
        <span>{t('slider.today', { day: shortDay(today) })}</span>
      </div>
    </div>
  )
}
