import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listing, type Row, rowsOf } from '../../api/read.ts'
import { me } from '../../api/session.ts'
import { CommandButton } from '../../parts/act.tsx'
import { useByPolicy } from '../../parts/by-policy.ts'
import { useFormats } from '../../parts/format.ts'
import { More } from '../../parts/more.tsx'
import { PersonName, UnitName, useUnit } from '../../parts/names.tsx'
import { PageTitle } from '../../parts/page.tsx'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import { Holds } from './holds.tsx'
import './privacy.css'

type Erasure = Row<'/erasures'>

/** Where two people decide that somebody's data goes, and see who has not done it yet. */
export const ErasuresPage = () => {
  const { t } = useTranslation()
  const pages = useInfiniteQuery(listing('/erasures', {}))
  const erasures = rowsOf(pages)
  return (
    <>
      <PageTitle title={t('privacy.desk.title')}>
        <p className="quiet">{t('privacy.desk.lead')}</p>
      </PageTitle>
      {pages.isPending && <Loading />}
      {pages.isError && <Failure error={pages.error} onRetry={() => pages.refetch()} />}
      {pages.isSuccess && erasures.length === 0 && (
        <Empty title={t('privacy.desk.nothing')}>
          <p>{t('privacy.desk.nothingWhy')}</p>
        </Empty>
      )}
      <ul className="erasures">
        {erasures.map((erasure) => (
          <li key={erasure.person}>
            <Request erasure={erasure} />
          </li>
        ))}
      </ul>
      <More pages={pages} />
    </>
  )
}

const Request = ({ erasure }: { erasure: Erasure }) => {
  const { t } = useTranslation()
  const { named } = useByPolicy()
  const { moment } = useFormats()
  const { person, unit, status, basis, requested, requestedBy, holds, approvedBy, missing, due } = erasure
  const timeZone = useUnit(unit)?.timezone ?? 'UTC'
  return (
    <article className="erasure" data-person={person}>
      <h2>
        <PersonName id={person} /> <span className="chip">{t(`privacy.status.${status}`)}</span>
      </h2>
      <p className="quiet">
        <UnitName id={unit} /> · {t(`words.${basis}`)} · <time dateTime={requested}>{moment(requested, timeZone)}</time>
        {requestedBy !== person && ` · ${t('privacy.desk.byOfficer')}`}
      </p>
      <Holds holds={holds} />
      {approvedBy.length > 0 && (
        <p>
          {t('privacy.desk.approvedBy')}{' '}
          {approvedBy.map((each, index) => (
            <span key={each}>
              {index > 0 && ' · '}
              <PersonName id={each} />
            </span>
          ))}
        </p>
      )}
      {status === 'erased' && missing.length > 0 && (
        <p className="missing" role="status">
          {t('privacy.desk.missing', { services: missing.map((each) => t(`privacy.services.${each}`)).join(' · ') })}
          {due !== null && ` ${t('privacy.desk.due', { moment: moment(due, timeZone) })} (${named('erasure.acknowledge-hours')})`}
        </p>
      )}
      {(status === 'requested' || status === 'held') && <Decide erasure={erasure} />}
    </article>
  )
}

const Decide = ({ erasure: { person, unit, status, requestedBy, approvedBy } }: { erasure: Erasure }) => {
  const { t } = useTranslation()
  const mine = useQuery(me).data?.person?.id
  const given = { path: { id: person }, body: {} }
  const why = mine === person ? 'own' : mine === requestedBy ? 'asked' : mine !== undefined && approvedBy.includes(mine) ? 'done' : null
  return (
    <>
      {why !== null && <p className="quiet">{t(`privacy.desk.not.${why}`)}</p>}
      <div className="buttons">
        {status === 'held' && (
          <CommandButton command="checkHolds" given={given} unit={unit}>
            {t('privacy.desk.check')}
          </CommandButton>
        )}
        {why === null && (
          <CommandButton command="approveErasure" given={given} unit={unit} not={status === 'held' ? t('privacy.holds.title') : null} className="primary">
            {t(approvedBy.length === 0 ? 'privacy.desk.first' : 'privacy.desk.second')}
          </CommandButton>
        )}
      </div>
    </>
  )
}
