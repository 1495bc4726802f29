import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Row } from '../../api/read.ts'
import { useFormats } from '../../parts/format.ts'
import { UnitName, useUnit } from '../../parts/names.tsx'

/** An activity as those who work on it want to find it again. */
export const Card = ({ activity, withStatus = false }: { activity: Row<'/activities'>; withStatus?: boolean }) => {
  const { t } = useTranslation()
  const { label, span, money } = useFormats()
  const timeZone = useUnit(activity.unit)?.timezone ?? 'UTC'
  const { registered, waiting, capacity, spent, budget, status } = activity
  return (
    <article className="tile" data-activity={activity.id}>
      <div className="tile-head">
        <h3>
          <Link to="/activities/$activity" params={{ activity: activity.id }}>
            {label(activity.title)}
          </Link>
        </h3>
        {withStatus && <span className={status === 'rejected' || status === 'cancelled' ? 'chip wait' : 'chip good'}>{t(`words.${status}`)}</span>}
      </div>
      <p>
        <time dateTime={activity.startsAt}>{span(activity.startsAt, activity.endsAt, timeZone)}</time>
      </p>
      <p className="quiet">
        {activity.venue} · <UnitName id={activity.unit} />
      </p>
      <p className="quiet card-figures">
        <span>{t('activities.card.people', { count: registered, capacity })}</span>
        {waiting > 0 && <span>{t('activities.card.waiting', { count: waiting })}</span>}
        <span>{t('activities.card.money', { spent: money(spent), budget: money(budget) })}</span>
      </p>
    </article>
  )
}
