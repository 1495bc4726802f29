import { useQueries, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { reading } from '../../api/read.ts'
import { useFormats } from '../../parts/format.ts'
import { SubjectName } from './subject.tsx'
import { type Assessed, assessment, type Subject } from './told.ts'
import { type Draft, weightsOf, whatIf } from './what-if.ts'

const many = 12

/** While a scheme is written: what its weights add up to, and which scores it would have given for what was measured before. */
export const Preview = ({ criteria, kind }: { criteria: readonly Draft[]; kind: Subject['kind'] | undefined }) => {
  const { t } = useTranslation()
  const { number, mean } = useFormats()
  const rows = useQuery({ ...reading('/assessments', { query: { kind: kind ?? null, limit: many } }), enabled: kind !== undefined })
  const scored = (kind === undefined ? [] : (rows.data?.items ?? [])).filter((row) => row.score !== null)
  const states = useQueries({ queries: scored.map(({ id }) => assessment(id)) })
  const weights = weightsOf(criteria)
  return (
    <aside className="preview" aria-label={t('schemes.whatIf')}>
      <p role="status" className={weights === 100 ? 'chip good' : 'chip wait'}>
        {t('schemes.weights', { sum: number(weights) })}
      </p>
      <h2>{t('schemes.whatIf')}</h2>
      <p className="quiet">{t(scored.length === 0 ? 'schemes.whatIfNone' : 'schemes.whatIfWhy')}</p>
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
