import { useQueries, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { currentTerm, type Term, terms } from '../../api/organization.ts'
import { reading } from '../../api/read.ts'
import { dayIn, plusDays, startOf } from '../../parts/days.ts'
import { useFormats } from '../../parts/format.ts'
import { SubjectName } from './subject.tsx'
import { type Assessed, type AssessmentRow, assessment, type Subject, useZone } from './told.ts'
import { type Draft, weightsOf, whatIf } from './what-if.ts'

const many = 12

/** What was scored of last term, by where its period begins; where nothing was, what was scored last. */
const useMeasured = (kind: Subject['kind'] | undefined): { readonly term: Term | null; readonly scored: readonly AssessmentRow[] } => {
  const { data: all } = useQuery(terms)
  const current = currentTerm(all ?? [], dayIn(useZone()))
  const last = current && currentTerm(all ?? [], plusDays(current.from, -1))
  const span = last && { from: startOf(last.from, last.timezone), to: startOf(current.from, current.timezone) }
  const isAsked = kind !== undefined && all !== undefined
  const rows = (within: typeof span) => reading('/assessments', { query: { kind: kind ?? null, limit: many, ...within } })
  const ofLast = useQuery({ ...rows(span), enabled: isAsked && span !== null })
  const scoredLast = span === null ? [] : scoredOf(ofLast.data?.items)
  const latest = useQuery({ ...rows(null), enabled: isAsked && (span === null || (ofLast.isSuccess && scoredLast.length === 0)) })
  return scoredLast.length > 0 ? { term: last, scored: scoredLast } : { term: null, scored: scoredOf(latest.data?.items) }
}

const scoredOf = (rows: readonly AssessmentRow[] = []): readonly AssessmentRow[] => rows.filter(({ score }) => score !== null)

/** While a scheme is written: what its weights add up to, and which scores it would have given for what was measured last term. */
export const Preview = ({ criteria, kind }: { criteria: readonly Draft[]; kind: Subject['kind'] | undefined }) => {
  const { t } = useTranslation()
  const { number, mean, label } = useFormats()
  const { term, scored } = useMeasured(kind)
  const states = useQueries({ queries: scored.map(({ id }) => assessment(id)) })
  const weights = weightsOf(criteria)
  return (
    <aside className="preview" aria-label={t('schemes.whatIf')}>
      <p role="status" className={weights === 100 ? 'chip good' : 'chip wait'}>
        {t('schemes.weights', { sum: number(weights) })}
      </p>
      <h2>{t('schemes.whatIf')}</h2>
      <p className="quiet">
        {term ? t('schemes.whatIfLast', { term: label(term.name) }) : t(scored.length === 0 ? 'schemes.whatIfNone' : 'schemes.whatIfWhy')}
      </p>
      {scored.length > 0 && (
        <ul className="what-if">
          {scored.map((row, place) => {
            const inputs = (states[place]?.data?.state as Assessed | undefined)?.inputs
            const would = inputs ? whatIf(criteria, inputs) : null
            return (
              <li key={row.id}>
                <SubjectName subject={row.subject} />
                <span className="number">
                  {mean(row.score ?? 0)} → <strong>{would === null ? t('values.nothing') : mean(would)}</strong>
                </span>
              </li>
            )
          })}
        </ul>
      )}
    </aside>
  )
}
