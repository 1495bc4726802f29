import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listing } from '../../api/read.ts'
import { useByPolicy } from '../../parts/by-policy.ts'
import { Due } from '../../parts/due.tsx'
import { FirstStep } from '../../parts/first-step.tsx'
import { useFormats } from '../../parts/format.ts'
import { List } from '../../parts/list.tsx'
import { UnitName } from '../../parts/names.tsx'
import { PageTitle } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { UnitFilter } from '../../parts/unit-filter.tsx'

const route = getRouteApi('/inside/surveys')

/** The surveys whose results somebody may read, the last first. */
export const SurveysPage = () => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const { days } = useByPolicy()
  const { unit: chosen } = route.useSearch()
  const navigate = route.useNavigate()
  const pages = useInfiniteQuery(listing('/surveys', { query: { unit: chosen ?? null, limit: 24 } }))
  return (
    <>
      <PageTitle title={t('entries.surveys')} />
      <div className="filter-fields">
        <UnitFilter unit={chosen} onUnit={(unit) => void navigate({ search: unit === '' ? {} : { unit }, replace: true })} />
      </div>
      <List
        pages={pages}
        keyOf={({ id }) => id}
        label={t('entries.surveys')}
        empty={
          <Empty title={t('survey.results.none')}>
            <p>{t('survey.results.noneWhy')}</p>
            <FirstStep permission="activities:run">
              <Link to="/activities" search={chosen === undefined ? {} : { unit: chosen }} className="button">
                {t('entries.activities')}
              </Link>
            </FirstStep>
          </Empty>
        }
      >
        {({ id, title, status, unit, openedAt, closesAt }) => (
          <article className="tile">
            <div className="tile-head">
              <h2>
                <Link to="/surveys/$survey/results" params={{ survey: id }}>
                  {label(title)}
                </Link>
              </h2>
              <span className={status === 'open' ? 'chip good' : 'chip'}>{t(`words.${status}`)}</span>
            </div>
            <p className="quiet">
              <UnitName id={unit} />
            </p>
            {status === 'open' && (
              <p className="quiet">
                <Due at={closesAt} unit={unit} why={days(openedAt, closesAt)} />
              </p>
            )}
          </article>
        )}
      </List>
    </>
  )
}
