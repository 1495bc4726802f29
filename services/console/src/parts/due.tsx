import { useTranslation } from 'react-i18next'
import { useHomeZone } from './as-of.tsx'
import { dayIn, daysBetween } from './days.ts'
import { useFormats } from './format.ts'
import { useUnit } from './names.tsx'

type Props = {
  readonly at: string
  readonly unit: string | null
  readonly isDone?: boolean
  /** Why then: the policy's reason. */
  readonly why?: string | null
}

/** By when, in the time zone of its unit, and why; how late it is, where it is late. */
export const Due = ({ at, unit, isDone = false, why = null }: Props) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const home = useHomeZone()
  const zone = useUnit(unit ?? '')?.timezone ?? home
  const days = daysBetween(dayIn(zone, new Date(at)), dayIn(zone))
  const isLate = !isDone && at < new Date().toISOString()
  const due = t('work.due', { moment: moment(at, zone) })
  const late = days > 0 ? t('work.overdue', { count: days }) : t('work.overdueToday')
  return (
    <span className={isLate ? 'late' : undefined}>
      {isLate && `${late} · `}
      <time dateTime={at}>{why === null ? due : t('work.because', { due, why })}</time>
    </span>
  )
}
