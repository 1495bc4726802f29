import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isForeign, Problem } from '../api/problem.ts'
import { Refusal } from './refusal.tsx'

/** What a page shows while it has nothing to show, or something went wrong. */

export const Loading = () => {
  const { t } = useTranslation()
  return (
    <p className="state loading" role="status">
      {t('states.loading')}
    </p>
  )
}

export const Empty = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className="state empty">
    <p className="state-title">{title}</p>
    {children}
  </div>
)

/** A problem in its own words, and a way to try again where trying may help: also to read in one's language what was told in another. */
export const Failure = ({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) => {
  const { t, i18n } = useTranslation()
  const problem = error instanceof Problem ? error : null
  const unreachable = problem?.status === 0
  const foreign = isForeign(problem, i18n.language)
  const mayHelp = foreign || problem === null || problem.status === 0 || problem.status === 429 || problem.status >= 500
  return (
    <div className="state failure" role="alert">
      <p className="state-title">{unreachable ? t('states.unreachable') : foreign ? t('states.refused') : problem?.title || t('states.failed')}</p>
      {problem?.code === 'forbidden' ? (
        <Refusal problem={problem} />
      ) : (
        <p>{unreachable ? t('states.unreachableWhy') : foreign ? t('states.refusedWhy') : problem?.message || t('states.failedWhy')}</p>
      )}
      {problem !== null && !foreign && problem.faults.length > 0 && (
        <ul>
          {problem.faults.map((fault) => (
            <li key={`${fault.pointer} ${fault.detail}`}>
              <code>{fault.pointer}</code> {fault.detail}
            </li>
          ))}
        </ul>
      )}
      {problem?.traceId && problem.status >= 500 && <p className="quiet">{t('states.quote', { trace: problem.traceId })}</p>}
      {onRetry && mayHelp && (
        <button type="button" className="button" onClick={onRetry}>
          {t('states.retry')}
        </button>
      )}
    </div>
  )
}
