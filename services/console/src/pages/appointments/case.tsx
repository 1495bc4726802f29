import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { appointmentHistory } from '../../api/history.ts'
import { reading } from '../../api/read.ts'
import { useFormats } from '../../parts/format.ts'
import { PersonName, PostName, UnitName, useUnit } from '../../parts/names.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { StageLine } from '../../parts/stage-line.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { CaseActions } from './case-actions.tsx'
import type { Case } from './case-state.ts'
import { Eligibility } from './eligibility.tsx'
import { NoticeLine } from './notice-line.tsx'
import { Objections } from './objections.tsx'
import { Timeline } from './timeline.tsx'
import './appointments.css'

const route = getRouteApi('/inside/appointments/$id')

const lookAgainMs = 4_000

/** One appointment from proposal to effect, and to its end: where it is, what was found, who decided under which post, and what is next. */
export const CasePage = () => {
  const { t } = useTranslation()
  const { id } = route.useParams()
  // What concerns one person is told live to that person and to officers; whoever else follows a public notice looks again.
  const found = useQuery({ ...reading('/appointments/{id}', { path: { id } }), refetchInterval: lookAgainMs })
  if (found.isPending) return <Loading />
  if (found.isError)
    return (
      <>
        <PageTitle title={t('appointments.one')} />
        <Failure error={found.error} onRetry={() => found.refetch()} />
      </>
    )
  return <CaseView id={id} state={found.data.state as unknown as Case} version={found.data.version} />
}

const CaseView = ({ id, state, version }: { id: string; state: Case; version: number }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const zone = useUnit(state.unit)?.timezone ?? 'UTC'
  const { data: facts = [] } = useQuery(appointmentHistory(id))
  const { status, person, kind, unit, from, until, citation } = state
  return (
    <>
      <PageTitle title={t('appointments.one')}>
        <p className="case-who">
          <Link to="/people/$person" params={{ person }}>
            <PersonName id={person} />
          </Link>
          {' · '}
          <PostName kind={kind} />
          {' · '}
          <UnitName id={unit} />
        </p>
      </PageTitle>
      <Section title={t('stages.label')}>
        <StageLine status={status} entered={facts[0]?.type === 'membership.post-taken.v1'} />
        {status === 'notice' && <NoticeLine appointment={id} unit={unit} />}
        <CaseActions id={id} state={state} version={version} timeZone={zone} />
      </Section>
      <Section title={t('appointments.post')}>
        <dl className="rows">
          <div>
            <dt>{t('fields.from')}</dt>
            <dd>{from === null ? t('appointments.withEffect') : moment(from, zone)}</dd>
          </div>
          <div>
            <dt>{t('fields.until')}</dt>
            <dd>{until === null ? t('appointments.open') : moment(until, zone)}</dd>
          </div>
          <div>
            <dt>{t('appointments.document')}</dt>
            <dd>{citation ?? <span className="chip wait">{t('appointments.noDocument')}</span>}</dd>
          </div>
        </dl>
      </Section>
      <Eligibility facts={facts} />
      <Objections id={id} state={state} facts={facts} timeZone={zone} />
      <Section title={t('appointments.decided')}>
        <Timeline facts={facts} timeZone={zone} />
      </Section>
    </>
  )
}
