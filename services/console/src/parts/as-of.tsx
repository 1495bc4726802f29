import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { currentTerm, terms, units } from '../api/organization.ts'
import { DateInput } from './date-input.tsx'
import { DaySlider } from './day-slider.tsx'
import { dayIn, isDay, plusDays } from './days.ts'
import './as-of.css'

/** Before the first term begins, the slider reaches back this far. */
const daysWithoutTerm = 120

/** The federation's own time zone, in which its days are counted. */
export const useHomeZone = (): string => useQuery(units()).data?.find((unit) => unit.parent === null)?.timezone ?? 'UTC'

type Props = {
  /** Null = now. */
  readonly on: string | null
  readonly onDay: (day: string | null) => void
}

/** Which day a page shows: slid over the term, or any past day as a date. */
export const AsOf = ({ on, onDay }: Props) => {
  const { t } = useTranslation()
  const id = useId()
  const today = dayIn(useHomeZone())
  const begun = currentTerm(useQuery(terms).data ?? [], today)?.from ?? plusDays(today, -daysWithoutTerm)
  return (
    <div className="as-of">
      <DaySlider from={on !== null && on < begun ? on : begun} today={today} on={on} onDay={onDay} />
      <div className="field">
        <label htmlFor={id}>{t('slider.on')}</label>
        <DateInput
          id={id}
          max={today}
          value={on ?? today}
          onChange={(value) => {
            if (isDay(value)) onDay(value >= today ? null : value)
          }}
        />
      </div>
    </div>
  )
}
