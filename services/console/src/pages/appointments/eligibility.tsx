import { useTranslation } from 'react-i18next'
import type { HistoryFact } from '../../api/history.ts'
import { useFormats } from '../../parts/format.ts'
import { Section } from '../../parts/page.tsx'
import { usePolicyWords } from '../../parts/policy-name.ts'

type Data = { readonly standing: number | null; readonly grounds?: readonly string[] }

/** What the check found, and the policies it went by as they were recorded with it. Nothing before it ran. */
export const Eligibility = ({ facts }: { facts: readonly HistoryFact[] }) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const words = usePolicyWords()
  const found = facts.findLast(({ type }) => /found-(in)?eligible/.test(type))
  if (!found) return null
  const { standing, grounds = [] } = found.data as Data
  return (
    <Section title={t('appointments.eligibility')}>
      <p className={grounds.length > 0 ? 'check-sum broken' : 'check-sum'}>{t(grounds.length > 0 ? 'appointments.notEligible' : 'appointments.eligible')}</p>
      {grounds.length > 0 && (
        <ul className="checks">
          {grounds.map((ground) => (
            <li key={ground} data-kept="false">
              <span aria-hidden="true">✗</span>
              <span>
                <span className="unseen">{t('proposal.marks.false')}</span>{' '}
                {t(`checks.${ground.replaceAll('.', '-')}`, { limit: found.policies[ground]?.value ?? '—' })}
              </span>
            </li>
          ))}
        </ul>
      )}
      <dl className="rows">
        <div>
          <dt>{t('fields.standing')}</dt>
          <dd>{standing === null ? t('appointments.neverAssessed') : number(standing)}</dd>
        </div>
        {Object.entries(found.policies).map(([name, { value, version }]) => (
          <div key={name}>
            <dt>{words(name)}</dt>
            <dd>{t('appointments.policyThen', { value: String(value), version })}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
