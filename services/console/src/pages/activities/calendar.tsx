import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listing, type Row, rowsOf } from '../../api/read.ts'
import { dayIn, plusDays, startOf } from '../../parts/days.ts'
import { useFormats } from '../../parts/format.ts'
import { More } from '../../parts/more.tsx'
import { useUnit } from '../../parts/names.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { byDay, shownDays, stepped } from './calendar-days.ts'
import { Nothing } from './nothing.tsx'
import { type Search, type Span, spans } from './search.ts'
import { useHomeZone } from './zone.ts'

/** What began some days before may still go on. */
const daysBefore = 7

/** A month or a week of activities, in the time zone of the campus that is looked at. */
export const Calendar = ({ search, onSearch }: { search: Search; onSearch: (next: Search) => void }) => {
  const { t } = useTranslation()
  const home = useHomeZone()
  const timeZone = useUnit(search.unit ?? '')?.timezone ?? home
  const span = search.span ?? 'month'
  const today = dayIn(timeZone)
  const day = search.day ?? today
  const days = shownDays(day, span)
  const [first, last] = [days[0] ?? day, days.at(-1) ?? day]
  const asked = { from: startOf(plusDays(first, -daysBefore), timeZone), to: startOf(plusDays(last, 1), timeZone), limit: 200 }
  const pages = useInfiniteQuery(listing('/activities', { query: { ...(search.unit ? { unit: search.unit } : {}), ...asked } }))
  const found = byDay(rowsOf(pages), timeZone)
  const isEmpty = !days.some((each) => found.has(each))
  return (
    <section className="section" aria-label={t('activities.look.calendar')}>
      <Head search={search} span={span} day={day} timeZone={timeZone} onSearch={onSearch} />
      {pages.isPending && <Loading />}
      {pages.isError && <Failure error={pages.error} onRetry={() => pages.refetch()} />}
      {pages.isSuccess && isEmpty && <Nothing isFiltered />}
      <ol className="days" data-span={span}>
        {days.map((each) => (
          <Day key={each} day={each} isToday={each === today} isOther={span === 'month' && each.slice(0, 7) !== day.slice(0, 7)} timeZone={timeZone}>
            {found.get(each) ?? []}
          </Day>
        ))}
      </ol>
      <More pages={pages} />
    </section>
  )
}

type HeadProps = { readonly search: Search; readonly span: Span; readonly day: string; readonly timeZone: string; readonly onSearch: (next: Search) => void }

const Head = ({ search, span, day, timeZone, onSearch }: HeadProps) => {
  const { t, i18n } = useTranslation()
  const { weekday, zone } = useFormats()
  const days = shownDays(day, span)
  const month = new Intl.DateTimeFormat(i18n.language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
  const title = span === 'month' ? month : `${weekday(days[0] ?? day)} – ${weekday(days.at(-1) ?? day)}`
  const go = (by: 1 | -1): void => onSearch({ ...search, day: stepped(day, span, by) })
  const { day: _day, ...now } = search
  return (
    <div className="section-head">
      <div>
        <h2 aria-live="polite">{title}</h2>
        <p className="quiet">{t('activities.calendar.zone', { zone: zone(timeZone) })}</p>
      </div>
      <div className="buttons">
        <button type="button" className="button round" aria-label={t(`activities.calendar.before.${span}`)} onClick={() => go(-1)}>
          ‹
        </button>
        <button type="button" className="button" onClick={() => onSearch(now)}>
          {t('activities.calendar.today')}
        </button>
        <button type="button" className="button round" aria-label={t(`activities.calendar.after.${span}`)} onClick={() => go(1)}>
          ›
        </button>
        {spans.map((each) => (
          <button key={each} type="button" className="button" aria-pressed={span === each} onClick={() => onSearch({ ...search, span: each })}>
            {t(`activities.calendar.${each}`)}
          </button>
        ))}
      </div>
    </div>
  )
}

type DayProps = {
  readonly day: string
  readonly isToday: boolean
  readonly isOther: boolean
  readonly timeZone: string
  readonly children: readonly Row<'/activities'>[]
}

const Day = ({ day, isToday, isOther, timeZone, children }: DayProps) => {
  const { i18n } = useTranslation()
  const { label } = useFormats()
  const named = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
  const time = new Intl.DateTimeFormat(i18n.language, { hour: 'numeric', minute: '2-digit', timeZone })
  return (
    <li
      className="day"
      data-day={day}
      data-empty={children.length === 0 || undefined}
      data-other={isOther || undefined}
      aria-current={isToday ? 'date' : undefined}
    >
      <time dateTime={day} className="day-name">
        {named.format(new Date(`${day}T00:00:00Z`))}
      </time>
      {children.length > 0 && (
        <ul className="plain">
          {children.map((activity) => (
            <li key={activity.id}>
              <Link to="/activities/$activity" params={{ activity: activity.id }} className="day-link" data-status={activity.status}>
                {dayIn(timeZone, new Date(activity.startsAt)) === day && <span className="quiet">{time.format(new Date(activity.startsAt))} </span>}
                {label(activity.title)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
