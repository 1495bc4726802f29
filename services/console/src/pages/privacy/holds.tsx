import { useTranslation } from 'react-i18next'
import { useByPolicy } from '../../parts/by-policy.ts'
import { useFormats } from '../../parts/format.ts'

type Hold = { readonly ground: string; readonly about: string | null; readonly until: string | null }

/** What keeps the data for now, each ground in words. */
export const Holds = ({ holds }: { holds: readonly Hold[] }) => {
  const { t } = useTranslation()
  const { day } = useFormats()
  const { named } = useByPolicy()
  if (holds.length === 0) return null
  return (
    <div className="holds">
      <p>{t('privacy.holds.title')}</p>
      <ul>
        {holds.map(({ ground, about, until }) => (
          <li key={`${ground} ${about}`}>
            {t(`words.${ground}`)}
            {until !== null && ` · ${t('privacy.holds.until', { day: day(until.slice(0, 10)) })}`}
            {ground === 'retention' && ` (${named('personnel.retention-days')})`}
          </li>
        ))}
      </ul>
    </div>
  )
}
