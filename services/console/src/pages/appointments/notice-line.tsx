import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { appointmentHistory, type HistoryFact } from '../../api/history.ts'
import { dayIn, daysBetween } from '../../parts/days.ts'
import { useFormats } from '../../parts/format.ts'
import { useUnit } from '../../parts/names.tsx'

type Opened = { readonly days: number; readonly until: string; readonly effect: string }

const openedIn = (facts: readonly HistoryFact[]): Opened | null => {
  const found = facts.findLast(({ type }) => type === 'membership.notice-opened.v1')
  return found ? (found.data as Opened) : null
}

/** Until when a public notice runs, how many days are left, and by which policy: the one recorded with the decision. */
export const NoticeLine = ({ appointment, unit }: { appointment: string; unit: string }) => {
  const { t } = useTranslation()
  const { day, moment, zone: zoneName } = useFormats()
  const facts = useQuery(appointmentHistory(appointment))
  const zone = useUnit(unit)?.timezone ?? 'UTC'
  const notice = openedIn(facts.data ?? [])
  if (notice === null) return null
  const last = dayIn(zone, new Date(notice.until))
  const left = daysBetween(dayIn(zone), last)
  return (
    <p className="notice-line">
      <strong>{t('appointments.noticeUntil', { day: day(last), count: notice.days })}</strong>{' '}
      <span className="chip wait">{left > 0 ? t('appointments.daysLeft', { count: left }) : t(left === 0 ? 'appointments.lastDay' : 'appointments.over')}</span>
      <span className="quiet notice-zone">{t('appointments.exactly', { moment: moment(notice.until, zone), zone: zoneName(zone) })}</span>
    </p>
  )
}
