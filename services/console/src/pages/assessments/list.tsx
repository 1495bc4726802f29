import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listing } from '../../api/read.ts'
import { FirstStep } from '../../parts/first-step.tsx'
import { useFormats } from '../../parts/format.ts'
import { List } from '../../parts/list.tsx'
import { useMay } from '../../parts/may.ts'
import { UnitName } from '../../parts/names.tsx'
import { PageTitle } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { UnitFilter } from '../../parts/unit-filter.tsx'
import { SubjectName } from './subject.tsx'
import { type AssessmentRow, useZone } from './told.ts'
import './assessments.css'

const route = getRouteApi('/inside/assessments')
const kinds = [undefined, 'person', 'activity'] as const

/** What was assessed, the last first: one's own, and what one may read. */
export const AssessmentsPage = () => {
  const { t } = useTranslation()
  const { kind, unit } = route.useSearch()
  const navigate = route.useNavigate()
  const { may } = useMay('assessments:score', null)
  const seesSchemes = [useMay('assessments:read', null), useMay('schemes:draft', null), useMay('schemes:adopt', null)].some((each) => each.may)
  const pages = useInfiniteQuery(listing('/assessments', { query: { kind: kind ?? null, unit: unit ?? null, limit: 24 } }))
  return (
    <>
      <div className="title-row">
        <PageTitle title={t('assessments.title')}>
          <p className="quiet">{t('assessments.lead')}</p>
        </PageTitle>
        {may && (
          <Link to="/assessments/open" className="button primary">
            {t('assessments.open')}
          </Link>
        )}
      </div>
      <nav className="buttons" aria-label={t('assessments.which')}>
        {kinds.map((each) => (
          <Link
            key={each ?? 'all'}
            to="/assessments"
            search={{ ...(unit && { unit }), ...(each && { kind: each }) }}
            className="button"
            aria-current={each === kind ? 'page' : undefined}
            data-chosen={each === kind || undefined}
          >
            {t(`assessments.of.${each ?? 'all'}`)}
          </Link>
        ))}
        {seesSchemes && (
          <Link to="/schemes" className="button">
            {t('entries.schemes')}
          </Link>
        )}
      </nav>
      <div className="filter-fields">
        <UnitFilter
          unit={unit}
          onUnit={(chosen) => void navigate({ search: { ...(kind && { kind }), ...(chosen !== '' && { unit: chosen }) }, replace: true })}
        />
      </div>
      <h2 className="unseen">{t(`assessments.of.${kind ?? 'all'}`)}</h2>
      <List
        pages={pages}
        keyOf={({ id }) => id}
        label={t('assessments.title')}
        empty={
          <Empty title={t('assessments.none')}>
            <p>{t('assessments.noneWhy')}</p>
            <FirstStep permission="assessments:score">
              <Link to="/assessments/open" className="button primary">
                {t('assessments.open')}
              </Link>
            </FirstStep>
          </Empty>
        }
      >
        {(row) => <Card row={row} />}
      </List>
    </>
  )
}

const Card = ({ row }: { row: AssessmentRow }) => {
  const { t } = useTranslation()
  const { mean, moment } = useFormats()
  const zone = useZone()
  return (
    <article className="tile">
      <div className="tile-head">
        <h3>
          <Link to="/assessments/$assessment" params={{ assessment: row.id }}>
            <SubjectName subject={row.subject} />
          </Link>
        </h3>
        {row.score === null ? (
          <span className="chip wait">{t('assessments.unscored')}</span>
        ) : (
          <strong className="score">{t('assessments.inPoints', { points: mean(row.score) })}</strong>
        )}
      </div>
      <p className="quiet">
        {t(`words.${row.subject.kind}`)} · <UnitName id={row.unit} />
      </p>
      <p className="quiet">{moment(row.scoredAt ?? row.openedAt, zone)}</p>
    </article>
  )
}
