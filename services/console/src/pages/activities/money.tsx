import { useTranslation } from 'react-i18next'
import { useFormats } from '../../parts/format.ts'
import { useUnit } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { MoneyActions } from './actions.tsx'
import { ForPosts } from './for-posts.tsx'
import type { Activity } from './stages.ts'

/** What was spent of the budget, receipt by receipt. */
export const Money = ({ activity }: { activity: Activity }) => {
  const { t } = useTranslation()
  const { money, moment, share } = useFormats()
  const timeZone = useUnit(activity.unit)?.timezone ?? 'UTC'
  const { budget, spent, spendings } = activity
  const told = t('activities.money.of', { spent: money(spent), budget: money(budget), left: money(budget - spent) })
  return (
    <Section title={t('activities.money.title')} aside={<span className="quiet">{budget > 0 ? share(spent / budget) : null}</span>}>
      <p>{told}</p>
      <meter className="meter" min={0} max={Math.max(budget, 1)} high={budget * 0.9} value={spent} aria-label={told} />
      {spendings.length === 0 ? (
        <p className="quiet nothing-spent">{t('activities.money.none')}</p>
      ) : (
        <ul className="receipts" aria-label={t('activities.money.receipts')}>
          {spendings.map(({ receipt, amount, at }) => (
            <li key={receipt}>
              <span>{receipt}</span>
              <time className="quiet" dateTime={at}>
                {moment(at, timeZone)}
              </time>
              <span className="number">{money(amount)}</span>
            </li>
          ))}
        </ul>
      )}
      <ForPosts>
        <MoneyActions activity={activity} />
      </ForPosts>
    </Section>
  )
}
