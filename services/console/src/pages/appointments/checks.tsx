import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/read.ts'
import { dayIn } from '../../parts/days.ts'
import { useFormats } from '../../parts/format.ts'
import { UnitName } from '../../parts/names.tsx'

type Found = Answer<'/candidacies'>

const marks = { true: '✓', false: '✗', null: '·' } as const

/** What the eligibility check looks at, each with the policy it goes by; and how long the notice would run. */
export const Checks = ({ found, timeZone }: { found: Found; timeZone: string }) => {
  const { t } = useTranslation()
  const { day } = useFormats()
  const isBroken = found.checks.some(({ kept }) => kept === false)
  return (
    <>
      <p role="status" className={isBroken ? 'check-sum broken' : 'check-sum'}>
        {t(isBroken ? 'proposal.wouldFail' : 'proposal.wouldPass')}
      </p>
      <ul className="checks">
        {found.checks.map(({ check, kept, limit, setBy }) => (
          <li key={check} data-kept={String(kept)}>
            <span aria-hidden="true">{marks[String(kept) as keyof typeof marks]}</span>
            <span>
              <span className="unseen">{t(`proposal.marks.${kept}`)}</span> {t(`checks.${check.replaceAll('.', '-')}`, { limit })}
              {setBy !== null && (
                <span className="quiet check-why">
                  {t('proposal.byPolicy')} <UnitName id={setBy} />
                </span>
              )}
              {kept === null && <span className="quiet check-why">{t('proposal.notTold')}</span>}
            </span>
          </li>
        ))}
      </ul>
      {found.notice && (
        <p className="quiet">
          {t('proposal.notice', { day: day(dayIn(timeZone, new Date(found.notice.until))), count: found.notice.days })} <UnitName id={found.notice.setBy} />
        </p>
      )}
    </>
  )
}
