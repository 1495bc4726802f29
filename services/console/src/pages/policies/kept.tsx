import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Row } from '../../api/read.ts'

export type Kept = Row<'/compliance'>

/** How a policy is kept as a whole: what the system itself sees to, and what nothing tells. */
export const HowKept = ({ kept }: { kept: Kept | undefined }) => {
  const { t } = useTranslation()
  if (kept?.how === 'measured') return null
  return <span className="quiet policy-code">{t(kept ? 'policies.enforced' : 'policies.notRecorded')}</span>
}

/** How often one campus kept it this term, and the way to those who did not. */
export const KeptAt = ({ kept, campus }: { kept: Kept | undefined; campus: string }) => {
  const { t } = useTranslation()
  const count = kept?.campuses.find(({ unit }) => unit === campus)
  if (kept?.how !== 'measured' || !count) return null
  if (count.kept + count.broken + count.open === 0) return <span className="quiet policy-kept">{t('policies.nothingDue')}</span>
  const way = (verdict: 'broken' | 'open' | 'kept') =>
    count[verdict] > 0 && (
      <Link to="/policies/cases" search={{ policy: kept.policy, campus, verdict }} className={verdict === 'broken' ? 'late' : undefined}>
        {t(`policies.counts.${verdict}`, { count: count[verdict] })}
      </Link>
    )
  return (
    <span className="policy-kept">
      {way('broken')}
      {way('open')}
      {way('kept')}
    </span>
  )
}
