import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { addressOf, readers, stateAt } from '../../api/moments.ts'
import type { Fact } from '../../api/trail.ts'
import { Changes } from '../../parts/changes.tsx'
import { differences } from '../../parts/difference.ts'
import { useUnit } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { Value } from '../../parts/value.tsx'

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
