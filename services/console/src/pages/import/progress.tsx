import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../api/problem.ts'
import { reading } from '../../api/read.ts'
import { useFormats } from '../../parts/format.ts'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import { useSection } from './sections.ts'
import { useWriting } from './writing.ts'
import './import.css'

const route = getRouteApi('/inside/import/$id')
const lookAgainMs = 1_000

type State = { readonly status?: string; readonly rows?: Readonly<Record<string, number>>; readonly done?: Readonly<Record<string, number>> }
const sum = (counts: Readonly<Record<string, number>> = {}): number => Object.values(counts).reduce((total, each) => total + each, 0)

/** How far a file is written, by the record that the server keeps: it may be left and looked at again, from anywhere. */
export const ProgressPage = () => {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const writing = useWriting(id)
  const found = useQuery({
    ...reading('/imports/{id}', { path: { id } }),
    retry: false,
    refetchInterval: ({ state }) =>
      (state.data?.state as State | undefined)?.status === 'finished' || (state.error && writing?.state !== 'running') ? false : lookAgainMs,
  })
  const state = found.data?.state as State | undefined
  const isBegun = state?.status === 'running' || state?.status === 'finished'
  const isNowhere = !isBegun && writing?.state !== 'running' && found.error instanceof Problem && found.error.status === 404
  return (
    <>
      <PageTitle title={t('import.progress.title')} />
      {writing?.state === 'failed' && <Failure error={writing.error} />}
      {isBegun ? (
        <Progress state={state} />
      ) : isNowhere ? (
        <Empty title={t('import.progress.nowhere')}>
          <p>{t('import.progress.nowhereWhy')}</p>
        </Empty>
      ) : found.isError && writing?.state !== 'running' ? (
        <Failure error={found.error} onRetry={() => found.refetch()} />
      ) : (
        <Loading />
      )}
      <p className="buttons">
        <Link to="/import" className="button">
          {t('import.another')}
        </Link>
        {state?.status === 'finished' && (
          <Link to="/organization" search={{}} className="button primary">
            {t('import.progress.look')}
          </Link>
        )}
      </p>
    </>
  )
}

const Progress = ({ state }: { state: State }) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const section = useSection()
  const isDone = state.status === 'finished'
  const [all, done] = [sum(state.rows), isDone ? sum(state.rows) : sum(state.done)]
  return (
    <Section title={t(isDone ? 'import.progress.done' : 'import.progress.running')}>
      <p role="status">{t('import.progress.rows', { done: number(done), all: number(all) })}</p>
      <progress className="import-progress" max={all} value={done} aria-label={t('import.progress.running')} />
      {!isDone && <p className="quiet">{t('import.progress.leave')}</p>}
      <dl className="rows">
        {Object.entries(state.rows ?? {}).map(([each, count]) => (
          <div key={each}>
            <dt>{section(each)}</dt>
            <dd>{number(count)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
