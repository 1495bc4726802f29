import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FirstStep } from '../../parts/first-step.tsx'
import { Empty } from '../../parts/states.tsx'

/** No activities: because nothing fits, or because nobody has proposed one; and the first step. */
export const Nothing = ({ isFiltered }: { isFiltered: boolean }) => {
  const { t } = useTranslation()
  const why = isFiltered ? 'fits' : 'yet'
  return (
    <Empty title={t(`activities.nothing.${why}`)}>
      <p>{t(`activities.nothing.${why}Why`)}</p>
      {!isFiltered && (
        <FirstStep permission="activities:propose">
          <Link className="button primary" to="/activities/new">
            {t('activities.propose')}
          </Link>
        </FirstStep>
      )}
    </Empty>
  )
}
