import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { postKinds } from '../../api/organization.ts'
import { reading } from '../../api/read.ts'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { PersonInput } from '../../parts/command-form/people-input.tsx'
import { useFormats } from '../../parts/format.ts'
import { useUnit } from '../../parts/names.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import { UnitSelect } from '../../parts/unit-select.tsx'
import { Checks } from './checks.tsx'
import type { ProposalSearch } from './routes.tsx'
import './appointments.css'

const route = getRouteApi('/inside/appointments/propose')

/** Somebody is proposed for a post; what the eligibility check would find stands beside while it is written. */
export const ProposePage = () => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { data: kinds = [] } = useQuery(postKinds)
  const id = useId()
  const choose = (next: ProposalSearch): void =>
    void navigate({ search: Object.fromEntries(Object.entries({ ...search, ...next }).filter(([, value]) => value)), replace: true })
  const { person, kind, unit } = search
  return (
    <>
      <PageTitle title={t('proposal.title')}>
        <p className="quiet">{t('proposal.lead')}</p>
      </PageTitle>
      <Section title={t('proposal.whoAndWhat')}>
        <div className="case-filters">
          <div className="field">
            <label htmlFor={`${id}-person`}>{t('fields.person')}</label>
            <PersonInput id={`${id}-person`} value={person ?? ''} onChange={(chosen) => choose({ person: chosen })} />
          </div>
          <div className="field">
            <label htmlFor={`${id}-kind`}>{t('proposal.post')}</label>
            <select id={`${id}-kind`} className="select" value={kind ?? ''} onChange={(event) => choose({ kind: event.target.value })}>
              <option value="">{t('form.choose')}</option>
              {kinds
                .filter((each) => each.id !== 'student')
                .map((each) => (
                  <option key={each.id} value={each.id}>
                    {label(each.name)}
                  </option>
                ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor={`${id}-unit`}>{t('fields.unit')}</label>
            <UnitSelect id={`${id}-unit`} value={unit ?? ''} none={t('form.choose')} onChange={(chosen) => choose({ unit: chosen })} />
          </div>
        </div>
      </Section>
      {person !== undefined && kind !== undefined && unit !== undefined ? (
        <Proposal person={person} kind={kind} unit={unit} onDone={(appointment) => navigate({ to: '/appointments/$id', params: { id: appointment } })} />
      ) : (
        <Empty title={t('proposal.incomplete')}>
          <p>{t('proposal.incompleteWhy')}</p>
        </Empty>
      )}
    </>
  )
}

type ProposalProps = Required<ProposalSearch> & { readonly onDone: (appointment: string) => unknown }

const Proposal = ({ person, kind, unit, onDone }: ProposalProps) => {
  const { t } = useTranslation()
  const zone = useUnit(unit)?.timezone ?? 'UTC'
  const found = useQuery(reading('/candidacies', { query: { person, kind, unit } }))
  const given = useMemo(() => ({ person, kind, unit }), [person, kind, unit])
  if (found.isPending) return <Loading />
  // Who may not propose here is told who can, before anything is written.
  if (found.isError) return <Failure error={found.error} onRetry={() => found.refetch()} />
  return (
    <div className="proposal">
      <Section title={t('proposal.found')}>
        <Checks found={found.data} timeZone={zone} />
      </Section>
      <Section title={t('proposal.rest')}>
        <CommandForm command="proposeAppointment" given={given} timeZone={zone} submit={t('appointments.propose')} withReason onDone={({ id }) => onDone(id)} />
      </Section>
    </div>
  )
}
