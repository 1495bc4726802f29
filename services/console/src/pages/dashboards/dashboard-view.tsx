import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Dashboard, dashboard, type Subject } from '../../api/dashboards.ts'
import { currentTerm, terms } from '../../api/organization.ts'
import { DaySlider } from '../../parts/day-slider.tsx'
import { dayIn, plusDays } from '../../parts/days.ts'
import { Section } from '../../parts/page.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { Cards } from './cards.tsx'
import { ConnectionState } from './connection.tsx'
import type { Card, Measure } from './figures.ts'
import { useLive } from './live.ts'
import { WeeksChart } from './weeks-chart.tsx'
import './dashboards.css'

/** Before the first term begins, the slider reaches back this far. */
const daysWithoutTerm = 120

type Props = {
  readonly subject: Subject
  readonly on: string | null
  readonly onDay: (day: string | null) => void
  readonly cards: readonly Card[]
  readonly measures: readonly Measure[]
  readonly head: (picture: Dashboard | undefined) => ReactNode
  readonly children?: (picture: Dashboard) => ReactNode
}

/** What every dashboard is made of: how current it is, the day, the figures, the weeks. */
export const DashboardView = ({ subject, on, onDay, cards, measures, head, children }: Props) => {
  const { t } = useTranslation()
  const picture = useQuery(dashboard(subject, on))
  const connection = useLive(subject, on === null && picture.isSuccess)
  const known = useQuery(terms)
  const today = dayIn(picture.data?.timezone ?? 'UTC')
  const from = currentTerm(known.data ?? [], today)?.from ?? plusDays(today, -daysWithoutTerm)
  return (
    <>
      <div className="dashboard-head">
        {head(picture.data)}
        {!picture.isError && <ConnectionState connection={connection} on={on} />}
      </div>
      {known.isSuccess && picture.status !== 'error' && <DaySlider from={from} today={today} on={on} onDay={onDay} />}
      {picture.isError && (
        <>
          <Failure error={picture.error} onRetry={() => picture.refetch()} />
          {on !== null && (
            <button type="button" className="button start" onClick={() => onDay(null)}>
              {t('slider.now')}
            </button>
          )}
        </>
      )}
      {picture.isPending && <Loading />}
      {picture.isSuccess && (
        <div className="dashboard" data-settled={!picture.isPlaceholderData}>
          <Section title={t('dashboards.figures')}>
            <Cards cards={cards} figures={picture.data.figures} subject={subject} on={on} />
          </Section>
          {children?.(picture.data)}
          <WeeksChart weeks={picture.data.weeks} measures={measures} />
        </div>
      )}
    </>
  )
}
