import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { reading } from '../../api/read.ts'
import { CommandButton } from '../../parts/act.tsx'
import { useFormats } from '../../parts/format.ts'
import { useMay } from '../../parts/may.ts'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import { Inputs } from './inputs.tsx'
import { SubjectName } from './subject.tsx'
import { type Assessed, assessment, type Criterion, useZone } from './told.ts'
import './assessments.css'

const route = getRouteApi('/inside/assessments/$assessment')

/** A score that opens down: its criteria, what was measured for each, and the facts behind it. */
export const AssessmentPage = () => {
  const { t } = useTranslation()
  const { assessment: id } = route.useParams()
  const told = useQuery(assessment(id))
  if (told.isPending) return <Loading />
  if (told.isError)
    return (
      <>
        <PageTitle title={t('assessments.one')} />
        <Failure error={told.error} onRetry={() => told.refetch()} />
      </>
    )
  return <Opened id={id} state={told.data.state as Assessed} />
}

const Opened = ({ id, state }: { id: string; state: Assessed }) => {
  const { t } = useTranslation()
  const { mean, moment, label, number } = useFormats()
  const zone = useZone()
  // Where it is judged: the list knows the unit, the record itself does not tell it.
  const unit = useQuery(reading('/assessments', { query: { subject: state.subject.id } })).data?.items.find((each) => each.id === id)?.unit ?? null
  const by = useQuery(reading('/assessments/{id}/criteria', { path: { id } })).data
  const { may: mayReadSchemes } = useMay('assessments:read', unit)
  return (
    <>
      <PageTitle title={t('assessments.one')}>
        <p className="assessed">
          <SubjectName subject={state.subject} />
        </p>
        <p className="quiet">
          {moment(state.from, zone)} – {moment(state.to, zone)} ·{' '}
          {mayReadSchemes ? (
            <Link to="/schemes/$scheme" params={{ scheme: state.scheme }}>
              {by ? label(by.name) : t('fields.scheme')}
            </Link>
          ) : (
            by && label(by.name)
          )}{' '}
          {t('schemes.revision', { number: state.revision })}
        </p>
      </PageTitle>
      {state.score === undefined ? (
        <Empty title={t('assessments.unscored')}>
          <p>{t('assessments.unscoredWhy')}</p>
        </Empty>
      ) : (
        <p className="headline">
          <strong className="score whole">{mean(state.score)}</strong>{' '}
          <span className="quiet">{t('assessments.outOf', { most: number(100), round: state.round })}</span>
        </p>
      )}
      <div className="buttons">
        <CommandButton command="scoreAssessment" unit={unit} given={{ path: { id }, body: {} }}>
          {t(state.score === undefined ? 'assessments.score' : 'assessments.again')}
        </CommandButton>
      </div>
      {state.inputs && (
        <Section title={t('fields.criteria')}>
          <p className="quiet">{t('assessments.how')}</p>
          <Inputs id={id} inputs={state.inputs} missing={state.missing ?? []} criteria={(by?.criteria ?? []) as readonly Criterion[]} />
        </Section>
      )}
    </>
  )
}
