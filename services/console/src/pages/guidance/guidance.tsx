import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listing } from '../../api/read.ts'
import { List } from '../../parts/list.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { CaseCard } from '../appointments/case-card.tsx'
import { Recommend } from '../appointments/recommend.tsx'
import { Compliance } from '../policies/compliance.tsx'
import { MajorActivities } from './major-activities.tsx'
import '../appointments/appointments.css'

/** The guidance committee's desk: what waits for its word, which notices run, and how each campus keeps the policies. */
export const GuidancePage = () => {
  const { t } = useTranslation()
  return (
    <>
      <PageTitle title={t('guidance.title')}>
        <p className="quiet">{t('guidance.lead')}</p>
      </PageTitle>
      <Section title={t('guidance.toRecommend')}>
        <Cases status="proposed" />
      </Section>
      <Section title={t('guidance.toPreReview')}>
        <MajorActivities />
      </Section>
      <Section title={t('guidance.notices')}>
        <Cases status="notice" />
      </Section>
      <Section
        title={t('guidance.compliance')}
        aside={
          <Link to="/policies" className="beside">
            {t('guidance.toPolicies')}
          </Link>
        }
      >
        <Compliance />
      </Section>
    </>
  )
}

const Cases = ({ status }: { status: 'proposed' | 'notice' }) => {
  const { t } = useTranslation()
  const pages = useInfiniteQuery(listing('/appointments', { query: { status, limit: 20 } }))
  return (
    <List
      pages={pages}
      className="case-list"
      keyOf={({ id }) => id}
      empty={
        <Empty title={t(`guidance.none.${status}`)}>
          <p>{t(`guidance.noneWhy.${status}`)}</p>
        </Empty>
      }
    >
      {(row) => (
        <CaseCard row={row}>
          <div className="buttons">
            {status === 'proposed' && <Recommend row={row} />}
            <Link to="/appointments/$id" params={{ id: row.id }} className="button">
              {t(row.openObjections > 0 ? 'guidance.toObjections' : 'guidance.look')}
            </Link>
          </div>
        </CaseCard>
      )}
    </List>
  )
}
