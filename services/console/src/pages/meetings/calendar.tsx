import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listing, rowsOf } from '../../api/read.ts'
import { dayIn, plusDays, startOf } from '../../parts/days.ts'
import { useFormats } from '../../parts/format.ts'
import { More } from '../../parts/more.tsx'
import { Failure, Loading } from '../../parts/states.tsx'

type Props = { readonly month: string; readonly unit: string | null; readonly zone: string; readonly onMonth: (month: string) => void }

/** The month's days in weeks from Monday; days of the neighbours fill the first and the last. */
const weeksOf = (month: string): string[][] => {
  const first = `${month}-01`
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7
  const begin = plusDays(first, -weekday)
  const weeks: string[][] = []
  for (let day = begin; weeks.length === 0 || day.slice(0, 7) <= month; day = plusDays(day, 7))
    weeks.push(Array.from({ length: 7 }, (_, at) => plusDays(day, at)))
  return weeks
}
const neighbour = (month: string, by: 1 | -1): string => plusDays(by === 1 ? plusDays(`${month}-01`, 31) : `${month}-01`, by === 1 ? 0 : -1).slice(0, 7)

/** A month of meetings: a table for the eye and for those who listen; on a phone a day is a line. */
export const MeetingCalendar = ({ month, unit, zone, onMonth }: Props) => {
  const { t, i18n } = useTranslation()
  const { label, shortDay } = useFormats()
  const weeks = weeksOf(month)
  const [from, to] = [startOf(weeks[0]?.[0] as string, zone), startOf(plusDays(weeks.at(-1)?.[6] as string, 1), zone)]
  const pages = useInfiniteQuery({ ...listing('/meetings', { query: { unit, from, to, limit: 200 } }), placeholderData: (before) => before })
  const byDay = Map.groupBy(rowsOf(pages).toReversed(), ({ at }) => dayIn(zone, new Date(at)))
  const time = new Intl.DateTimeFormat(i18n.language, { hour: 'numeric', minute: '2-digit', timeZone: zone })
  const title = new Intl.DateTimeFormat(i18n.language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`))
  const dayName = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' })
  const today = dayIn(zone)
  return (
    <section className="section" aria-label={title}>
      <div className="section-head">
        <h2>{title}</h2>
        <div className="buttons">
          <button type="button" className="button round" aria-label={t('meetings.before')} onClick={() => onMonth(neighbour(month, -1))}>
            ‹
          </button>
          <button type="button" className="button round" aria-label={t('meetings.after')} onClick={() => onMonth(neighbour(month, 1))}>
            ›
          </button>
        </div>
      </div>
      {pages.isPending && <Loading />}
      {pages.isError && <Failure error={pages.error} onRetry={() => pages.refetch()} />}
      <table className="calendar">
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={day} scope="col">
                {dayName.format(new Date(`${day}T00:00:00Z`))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td
                  key={day}
                  data-other={day.slice(0, 7) !== month || undefined}
                  data-empty={!byDay.has(day) || undefined}
                  aria-current={day === today ? 'date' : undefined}
                >
                  <time dateTime={day}>{shortDay(day)}</time>
                  {byDay.get(day)?.map((row) => (
                    <Link key={row.id} to="/meetings/$meeting" params={{ meeting: row.id }} className="calendar-entry">
                      {time.format(new Date(row.at))} {label(row.title)}
                    </Link>
                  ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <More pages={pages} />
    </section>
  )
}
