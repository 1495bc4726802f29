import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateOf, shownDate } from './date-text.ts'
import { isDay, plusDays } from './days.ts'
import { useFormats } from './format.ts'
import { MonthGrid } from './month-grid.tsx'
import './date-input.css'

type Props = {
  readonly id?: string
  readonly name?: string
  /** `2026-11-25`, with `T17:00` behind it where a time is asked for; what is neither is shown as it was typed. */
  readonly value: string
  /** The day or moment as soon as it is one, else what was typed. */
  readonly onChange: (value: string) => void
  readonly withTime?: boolean
  /** What the time zone is called. */
  readonly zone?: string
  readonly max?: string
  readonly 'aria-invalid'?: boolean | undefined
  readonly 'aria-describedby'?: string | undefined
  readonly 'aria-required'?: boolean | undefined
}

/** When nothing says at what time, work begins. */
const usualTime = '09:00'

/**
 * A day, or a day and a time, in one form in every browser, with its weekday in the reader's language beneath and a calendar beside it. The
 * browser's own fields speak the browser's language, whatever the page speaks.
 */
export const DateInput = ({ value, onChange, withTime = false, zone, max, ...field }: Props) => {
  const { t } = useTranslation()
  const { weekday } = useFormats()
  const echo = useId()
  const [text, setText] = useState(shownDate(value))
  const [isOpen, setOpen] = useState(false)
  const around = useRef<HTMLSpanElement>(null)
  useEffect(() => setText((now) => (now === value || dateOf(now, withTime) === value ? now : shownDate(value))), [value, withTime])
  useEffect(() => {
    if (!isOpen) return
    const close = (event: Event): void => {
      if (!around.current?.contains(event.target as Node)) setOpen(false)
    }
    addEventListener('pointerdown', close)
    addEventListener('focusin', close)
    return () => {
      removeEventListener('pointerdown', close)
      removeEventListener('focusin', close)
    }
  }, [isOpen])

  const told = dateOf(text, withTime)
  const day = told?.slice(0, 10) ?? null
  const type = (next: string): void => {
    setText(next)
    // A day that is still being typed looks like another one: only what is written out counts at once.
    onChange(next === '' || next.trim().length >= (withTime ? 16 : 10) ? (dateOf(next, withTime) ?? next) : next)
  }
  const settle = (): void => {
    if (told === null) return
    setText(shownDate(told))
    if (told !== value) onChange(told)
  }
  const beneath = [day !== null && isDay(day) ? weekday(day) : text.trim() !== '' && t(withTime ? 'date.formWithTime' : 'date.form'), zone]
  const take = (next: string): void => {
    const whole = withTime ? `${next}T${told?.slice(11) ?? usualTime}` : next
    setText(shownDate(whole))
    onChange(whole)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowUp: 1, ArrowDown: -1, PageUp: 7, PageDown: -7 }[event.key]
    if (step !== undefined && day !== null) {
      event.preventDefault()
      const next = plusDays(day, step)
      if (max === undefined || next <= max) take(next)
    } else if (event.key === 'Enter') settle()
    else if (event.key === 'Escape' && isOpen) {
      event.stopPropagation()
      event.preventDefault()
      setOpen(false)
    }
  }
  const opener = useRef<HTMLButtonElement>(null)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the calendar from wherever in it
    <span className="date-input" ref={around} onKeyDown={onKeyDown}>
      <span className="date-row">
        <input
          {...field}
          className="input"
          value={text}
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          placeholder={t(withTime ? 'date.formWithTime' : 'date.form')}
          aria-describedby={[field['aria-describedby'], echo].filter(Boolean).join(' ')}
          onChange={(event) => type(event.target.value)}
          onBlur={settle}
        />
        <button type="button" className="button round" ref={opener} aria-label={t('date.choose')} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M4 6h16v14H4zM4 10h16M9 3v5M15 3v5" />
          </svg>
        </button>
      </span>
      <span id={echo} className="quiet date-echo">
        {beneath.filter(Boolean).join(' · ')}
      </span>
      {isOpen && (
        <MonthGrid
          day={day}
          {...(max === undefined ? {} : { max })}
          onDay={(next) => {
            take(next)
            setOpen(false)
            opener.current?.focus()
          }}
        />
      )}
    </span>
  )
}
