import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { me } from '../../api/session.ts'
import { UnitName } from '../../parts/names.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import { OwnErasure } from './own-erasure.tsx'
import { Access, Readers } from './readers.tsx'
import './privacy.css'

/** What is kept about me, who has read it, who can, and how it goes. */
export const MyDataPage = () => {
  const { t } = useTranslation()
  const known = useQuery(me)
  const card = known.data?.person
  return (
    <>
      <PageTitle title={t('privacy.mine.title')}>
        <p className="quiet">{t('privacy.mine.lead')}</p>
      </PageTitle>
      {known.isPending && <Loading />}
      {known.isError && <Failure error={known.error} onRetry={() => known.refetch()} />}
      {card === null && (
        <Empty title={t('privacy.mine.nobody')}>
          <p>{t('privacy.mine.nobodyWhy')}</p>
        </Empty>
      )}
      {card && (
        <>
          <Section title={t('privacy.mine.kept')}>
            <dl className="details">
              <dt>{t('privacy.name')}</dt>
              <dd>{card.name}</dd>
              <dt>{t('privacy.number')}</dt>
              <dd>{card.number}</dd>
              <dt>{t('privacy.campus')}</dt>
              <dd>
                <UnitName id={card.campus} />
              </dd>
            </dl>
            <p>
              <Link to="/people/$person/file" params={{ person: card.id }}>
                {t('privacy.mine.open')}
              </Link>
            </p>
          </Section>
          <Section title={t('privacy.readers.title')}>
            <Readers person={card.id} campus={card.campus} />
          </Section>
          <Section title={t('privacy.access.title')}>
            <Access person={card.id} />
          </Section>
          <Section title={t('privacy.erasure.title')}>
            <OwnErasure person={card.id} />
          </Section>
        </>
      )}
    </>
  )
}
