import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../parts/may.ts'
import { Empty } from '../../parts/states.tsx'

/** No activities: because nothing fits, or because nobody has proposed one; and the first step. */
export const Nothing = ({ isFiltered }: { isFiltered: boolean }) => {
  const { t } = useTranslation()
  const { may } = useMay('activities:propose', null)
  const why = isFiltered ? 'fits' : 'yet'
  return (
    <Empty title={t(`activities.nothing.${why}`)}>
      <p>{t(`activities.nothing.${why}Why`)}</p>
      {may && !isFiltered && (
        <Link className="button primary" to="/activities/new">
          {t('activities.propose')}
        </Link>
      )}
    </Empty>
  )
}
