import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { addressOf, readers, stateAt } from '../../api/moments.ts'
import type { Fact } from '../../api/trail.ts'
import { useUnit } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { nameIn, useFieldWords, Value } from '../../parts/value.tsx'
import { type Difference, differences } from './difference.ts'

/** What the fact was about as it stood right after it, and what that changed. */
export const Moment = ({ fact }: { fact: Fact }) => {
  const { t } = useTranslation()
  const known = useQuery(readers)
  const address = known.data ? addressOf(known.data, fact.stream) : null
  return (
    <Section title={t('moment.title')}>
      {known.isPending && <Loading />}
      {known.isError && <Failure error={known.error} onRetry={() => known.refetch()} />}
      {known.isSuccess && (address === null ? <p className="quiet">{t('moment.unreadable')}</p> : <TwoMoments fact={fact} address={address} />)}
    </Section>
  )
}

const TwoMoments = ({ fact, address }: { fact: Fact; address: string }) => {
  const { t } = useTranslation()
  const timeZone = useUnit(fact.unit)?.timezone ?? 'UTC'
  const after = useQuery(stateAt(address, fact.version))
  const before = useQuery(stateAt(address, fact.version - 1))
  const failed = after.error ?? before.error
  if (failed) return <Failure error={failed} onRetry={() => Promise.all([after.refetch(), before.refetch()])} />
  if (after.data === undefined || before.data === undefined) return <Loading />
  return (
    <>
      {before.data === null ? <p className="quiet">{t('moment.begins')}</p> : <Changes changes={differences(before.data, after.data)} timeZone={timeZone} />}
      <details className="whole" open={before.data === null}>
        <summary>{t('moment.whole', { version: fact.version })}</summary>
        <Value value={after.data} timeZone={timeZone} />
      </details>
    </>
  )
}

const Changes = ({ changes, timeZone }: { changes: readonly Difference[]; timeZone: string }) => {
  const { t } = useTranslation()
  const fieldWords = useFieldWords()
  if (changes.length === 0) return <p className="quiet">{t('moment.same')}</p>
  return (
    <ul className="changes" aria-label={t('moment.changes')}>
      {changes.map(({ path, before, after }) => (
        <li key={path.join('/')}>
          <p className="change-path">{path.map(fieldWords).join(' › ')}</p>
          <div className="change-before">
            <span className="change-word">{t('moment.before')}</span>
            <Value value={before} name={nameIn(path)} timeZone={timeZone} />
          </div>
          <div className="change-after">
            <span className="change-word">{t('moment.after')}</span>
            <Value value={after} name={nameIn(path)} timeZone={timeZone} />
          </div>
        </li>
      ))}
    </ul>
  )
}
