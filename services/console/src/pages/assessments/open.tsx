import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { currentTerm, terms } from '../../api/organization.ts'
import { listing, rowsOf } from '../../api/read.ts'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { PersonInput } from '../../parts/command-form/people-input.tsx'
import { dayIn, plusDays, startOf } from '../../parts/days.ts'
import { useFormats } from '../../parts/format.ts'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import type { OpenSearch } from './routes.tsx'
import { useZone } from './told.ts'
import './assessments.css'

const route = getRouteApi('/inside/assessments/open')

/** An assessment is opened: by which scheme, of whom or what, and over which period. */
export const OpenPage = () => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const id = useId()
  const { scheme, subject } = route.useSearch()
  const navigate = route.useNavigate()
  const schemes = rowsOf(useInfiniteQuery(listing('/schemes', { query: { limit: 100 } }))).filter(({ adopted }) => adopted !== null)
  const chosen = schemes.find((each) => each.id === scheme)
  const choose = (next: OpenSearch): void =>
    void navigate({ search: Object.fromEntries(Object.entries(next).filter(([, value]) => value)) as OpenSearch, replace: true })
  return (
    <>
      <PageTitle title={t('assessments.open')}>
        <p className="quiet">{t('assessments.openLead')}</p>
      </PageTitle>
      <Section title={t('assessments.whom')}>
        <div className="form">
          <div className="field">
            <label htmlFor={`${id}-scheme`}>{t('fields.scheme')}</label>
            <select id={`${id}-scheme`} className="select" value={scheme ?? ''} onChange={(event) => choose({ scheme: event.target.value })}>
              <option value="">{t('form.choose')}</option>
              {schemes.map((each) => (
                <option key={each.id} value={each.id}>
                  {label(each.name)}
                </option>
              ))}
            </select>
          </div>
          {chosen && (
            <div className="field">
              <label htmlFor={`${id}-subject`}>{t(`fields.${chosen.subject}`)}</label>
              {chosen.subject === 'person' ? (
                <PersonInput id={`${id}-subject`} value={subject ?? ''} onChange={(person) => choose({ scheme: chosen.id, subject: person })} />
              ) : (
                <ActivitySelect id={`${id}-subject`} value={subject ?? ''} onChange={(activity) => choose({ scheme: chosen.id, subject: activity })} />
              )}
            </div>
          )}
        </div>
      </Section>
      {chosen && subject !== undefined ? (
        <Rest scheme={chosen} subject={subject} onDone={(assessment) => navigate({ to: '/assessments/$assessment', params: { assessment } })} />
      ) : (
        <Empty title={t('assessments.incomplete')}>
          <p>{t('assessments.incompleteWhy')}</p>
        </Empty>
      )}
    </>
  )
}

const ActivitySelect = ({ id, value, onChange }: { id: string; value: string; onChange: (activity: string) => void }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const rows = rowsOf(useInfiniteQuery(listing('/activities', { query: { limit: 200 } }))).filter(({ status }) => status === 'held' || status === 'closed')
  return (
    <select id={id} className="select" value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t('form.choose')}</option>
      {rows.map((each) => (
        <option key={each.id} value={each.id}>
          {label(each.title)}
        </option>
      ))}
    </select>
  )
}

type RestProps = {
  readonly scheme: { readonly id: string; readonly unit: string; readonly subject: 'activity' | 'person' }
  readonly subject: string
  readonly onDone: (assessment: string) => unknown
}

/** The period: this term, until somebody says otherwise. */
const Rest = ({ scheme, subject, onDone }: RestProps) => {
  const { t } = useTranslation()
  const zone = useZone()
  const known = useQuery(terms)
  const term = currentTerm(known.data ?? [], dayIn(zone))
  const given = useMemo(() => ({ scheme: scheme.id, subject: { kind: scheme.subject, id: subject } }), [scheme.id, scheme.subject, subject])
  const initial = useMemo(
    () => ({ unit: scheme.unit, ...(term === null ? {} : { from: startOf(term.from, zone), to: startOf(plusDays(term.to, 1), zone) }) }),
    [scheme.unit, term, zone],
  )
  if (known.isPending) return null
  return (
    <Section title={t('assessments.period')}>
      <CommandForm
        key={`${scheme.id} ${subject}`}
        command="openAssessment"
        given={given}
        initial={initial}
        timeZone={zone}
        submit={t('assessments.open')}
        onDone={({ id }) => onDone(id)}
      />
    </Section>
  )
}
