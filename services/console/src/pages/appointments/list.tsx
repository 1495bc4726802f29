import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { listing } from '../../api/read.ts'
import { FirstStep } from '../../parts/first-step.tsx'
import { List } from '../../parts/list.tsx'
import { useMay } from '../../parts/may.ts'
import { PageTitle } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { UnitFilter } from '../../parts/unit-filter.tsx'
import { opening } from '../../parts/word.ts'
import { CaseCard } from './case-card.tsx'
import { type ListSearch, type Status, statuses } from './routes.tsx'
import './appointments.css'

const route = getRouteApi('/inside/appointments')

/** Every appointment that the reader may see, and where each is now. */
export const AppointmentsPage = () => {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const id = useId()
  const { may } = useMay('appointments:propose', null)
  const { status = 'open', unit } = search
  const pages = useInfiniteQuery({
    ...listing('/appointments', { query: { ...search, status: status === 'all' ? null : status, limit: 30 } }),
    placeholderData: (before) => before,
  })
  const show = (next: { readonly [Name in keyof ListSearch]: ListSearch[Name] | undefined }): void =>
    void navigate({ search: Object.fromEntries(Object.entries({ ...search, ...next }).filter(([, value]) => value)) as ListSearch, replace: true })
  return (
    <>
      <div className="case-title">
        <PageTitle title={t('appointments.title')}>
          <p className="quiet">{t('appointments.lead')}</p>
        </PageTitle>
        {may && (
          <Link to="/appointments/propose" search={unit === undefined ? {} : { unit }} className="button primary">
            {t('appointments.propose')}
          </Link>
        )}
      </div>
      <div className="case-filters">
        <div className="field">
          <label htmlFor={`${id}-status`}>{t('stages.label')}</label>
          <select
            id={`${id}-status`}
            className="select"
            value={status}
            onChange={(event) => show({ status: event.target.value === 'open' ? undefined : (event.target.value as Status | 'all') })}
          >
            <option value="open">{t('appointments.underWay')}</option>
            <option value="all">{t('appointments.everyStage')}</option>
            {statuses.map((each) => (
              <option key={each} value={each}>
                {opening(t(`stages.${each}`))}
              </option>
            ))}
          </select>
        </div>
        <UnitFilter unit={unit} onUnit={(chosen) => show({ unit: chosen })} />
      </div>
      <h2 className="unseen">{t('appointments.cases')}</h2>
      <List
        pages={pages}
        className="case-list"
        label={t('appointments.title')}
        keyOf={(row) => row.id}
        empty={
          <Empty title={t('appointments.none')}>
            <p>{t('appointments.noneWhy')}</p>
            <FirstStep permission="appointments:propose">
              <Link to="/appointments/propose" search={unit === undefined ? {} : { unit }} className="button primary">
                {t('appointments.propose')}
              </Link>
            </FirstStep>
          </Empty>
        }
      >
        {(row) => <CaseCard row={row} />}
      </List>
    </>
  )
}
