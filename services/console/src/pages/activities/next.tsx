import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { postKinds } from '../../api/organization.ts'
import { kindsWith } from '../../api/permissions.ts'
import { useByPolicy } from '../../parts/by-policy.ts'
import { useFormats } from '../../parts/format.ts'
import { PersonName, useUnit } from '../../parts/names.tsx'
import { type Activity, nextPermission } from './stages.ts'

/** What comes next, and whose turn it is. */
export const Next = ({ activity }: { activity: Activity }) => {
  const { t } = useTranslation()
  const { label, moment } = useFormats()
  const { days } = useByPolicy()
  const kinds = useQuery(postKinds).data ?? []
  const timeZone = useUnit(activity.unit)?.timezone ?? 'UTC'
  const permission = nextPermission(activity)
  const { status, summary, ground } = activity
  if (permission === null)
    return (
      <p className="next quiet" data-next={status}>
        {ground !== null && status !== 'closed' ? t('activities.next.ended', { ground }) : t('activities.next.nothing')}
      </p>
    )
  const step = status === 'proposed' && activity.major ? 'major' : status === 'closed' ? 'summary' : status
  const who = kindsWith(kinds, permission)
    .map((kind) => label(kind.name))
    .join(t('act.and'))
  return (
    <p className="next" data-next={status}>
      <strong>{t(`activities.next.${step}`)}</strong>{' '}
      {status === 'closed' && summary !== null ? (
        <span className="quiet">
          <PersonName id={summary.owner} /> · {t('activities.next.due', { moment: moment(summary.due, timeZone) })} ({days(summary.since, summary.due)})
        </span>
      ) : (
        <span className="quiet">{t(who === '' ? 'act.nobody' : 'activities.next.who', { who })}</span>
      )}
    </p>
  )
}
