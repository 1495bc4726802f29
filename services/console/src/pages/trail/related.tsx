import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Fact, trail } from '../../api/trail.ts'
import { More } from '../../parts/more.tsx'
import { Section } from '../../parts/page.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { Facts } from './facts.tsx'

/** Everything that the same undertaking brought about, in all services. */
export const Related = ({ fact }: { fact: Fact }) => {
  const { t } = useTranslation()
  const pages = useInfiniteQuery(trail({ correlation: fact.correlation }, 20))
  const facts = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Section title={t('record.related')}>
      {pages.isPending && <Loading />}
      {pages.isError && <Failure error={pages.error} onRetry={() => pages.refetch()} />}
      {pages.isSuccess && <p className="quiet">{facts.length > 1 ? t('record.relatedLead') : t('record.alone')}</p>}
      {facts.length > 1 && <Facts facts={facts} current={fact.id} />}
      <More pages={pages} />
    </Section>
  )
}
