import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { listing, type Row, reading } from '../../api/read.ts'
import { useFormats } from '../../parts/format.ts'
import { ItemCard } from '../../parts/item-card.tsx'
import { List } from '../../parts/list.tsx'
import { ActivityName, MeetingName, PersonName, UnitName, useUnit } from '../../parts/names.tsx'
import { PageTitle } from '../../parts/page.tsx'
import { usePolicyValue, usePolicyWords } from '../../parts/policy-name.ts'
import { Empty } from '../../parts/states.tsx'
import { useValue } from './in-force.ts'
import './policies.css'

type Case = Row<'/compliance/{policy}/cases'>
export const verdicts = ['broken', 'open', 'kept'] as const
const route = getRouteApi('/inside/policies/cases')

/** What a policy asked of whom at a campus this term: what was not kept first, each leading to what it is about. */
export const CasesPage = () => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const { policy, campus, verdict = 'broken' } = route.useSearch()
  const navigate = route.useNavigate()
  const words = usePolicyWords()
  const say = usePolicyValue()
  const term = useQuery(reading('/compliance')).data?.term
  const value = useValue(policy, campus)
  const pages = useInfiniteQuery(listing('/compliance/{policy}/cases', { path: { policy }, query: { unit: campus, verdict, limit: 50 } }))
  return (
    <>
      <PageTitle title={words(policy)}>
        <p className="quiet">
          <UnitName id={campus} />
          {term && ` · ${label(term.name)}`}
          {value !== undefined && ` · ${t('policies.valueHere', { value: say(value) })}`}
        </p>
      </PageTitle>
      <p>
        <Link to="/guidance">{t('policies.toCompliance')}</Link>
      </p>
      <fieldset className="filters plain-filters" aria-label={t('policies.verdict')}>
        {verdicts.map((each) => (
          <button
            key={each}
            type="button"
            className="button"
            aria-pressed={verdict === each}
            onClick={() => void navigate({ search: { policy, campus, verdict: each }, replace: true })}
          >
            {t(`policies.verdicts.${each}`)}
          </button>
        ))}
      </fieldset>
      <h2 className="unseen">{t(`policies.verdicts.${verdict}`)}</h2>
      <List
        pages={pages}
        className="items"
        label={t(`policies.verdicts.${verdict}`)}
        keyOf={({ about, since, due }) => `${about} ${since} ${due}`}
        empty={
          <Empty title={t(`policies.noCase.${verdict}`)}>
            <p>{t('policies.noCaseWhy')}</p>
          </Empty>
        }
      >
        {(each) => <CaseItem policy={policy} row={each} />}
      </List>
    </>
  )
}

const CaseItem = ({ policy, row }: { policy: string; row: Case }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const zone = useUnit(row.unit)?.timezone ?? 'UTC'
  const { verdict, done } = row
  return (
    <ItemCard
      mark={<span className={verdict === 'kept' ? 'chip good' : verdict === 'broken' ? 'chip wait' : 'chip'}>{t(`policies.verdicts.${verdict}`)}</span>}
      title={(row.about !== null && subjects[policy]?.(row.about)) || t('policies.unnamedCase')}
      unit={row.unit}
      due={row.due}
      isDone={done !== null}
      meta={
        <>
          {row.since !== row.due && <span>{t('policies.since', { moment: moment(row.since, zone) })}</span>}
          {done !== null && <span className={verdict === 'broken' ? 'late' : undefined}>{t('policies.done', { moment: moment(done, zone) })}</span>}
        </>
      }
    />
  )
}

/** What a case of a policy is about, and where it is looked at. */
const subjects: Readonly<Record<string, (id: string) => ReactNode>> = {
  'activity-summary.due-days': (id) => (
    <Link to="/activities/$activity" params={{ activity: id }}>
      <ActivityName id={id} />
    </Link>
  ),
  'department-exchange.every-days': (id) => (
    <Link to="/meetings/$meeting" params={{ meeting: id }}>
      <MeetingName id={id} />
    </Link>
  ),
  'report-to-guidance.per-semester.min': (id) => (
    <Link to="/documents" search={{ kind: 'report', issuer: id }}>
      <UnitName id={id} />
    </Link>
  ),
  'staff-evaluation.per-semester': (id) => (
    <Link to="/people/$person" params={{ person: id }}>
      <PersonName id={id} />
    </Link>
  ),
}
