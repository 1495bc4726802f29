import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { session } from '../../api/session.ts'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { useFormats } from '../../parts/format.ts'
import { useMay } from '../../parts/may.ts'
import { useUnit } from '../../parts/names.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Empty, Loading } from '../../parts/states.tsx'
import { useHomeZone } from './zone.ts'

/** A new activity: what is written is kept on this device until it is sent. */
export const ProposalPage = () => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const navigate = useNavigate()
  const { data: signedIn } = useQuery(session)
  const { may, kinds } = useMay('activities:propose', null)
  const unit = signedIn?.posts[0]?.unit
  const home = useHomeZone()
  const timeZone = useUnit(unit ?? '')?.timezone ?? home
  if (!signedIn) return <Loading />
  return (
    <>
      <PageTitle title={t('activities.proposal.title')}>
        <p className="quiet">{t('activities.proposal.lead')}</p>
      </PageTitle>
      {may ? (
        <Section title={t('activities.proposal.what')}>
          <CommandForm
            command="proposeActivity"
            initial={{ ...(unit ? { unit } : {}), ...(signedIn.person === null ? {} : { organizers: [signedIn.person] }), openTo: 'campus' }}
            timeZone={timeZone}
            submit={t('activities.proposal.send')}
            onDone={({ id }) => navigate({ to: '/activities/$activity', params: { activity: id } })}
          />
        </Section>
      ) : (
        <Empty title={t('activities.proposal.mayNot')}>
          <p>{t('act.who', { who: kinds.map((kind) => label(kind.name)).join(t('act.and')) })}</p>
        </Empty>
      )}
    </>
  )
}
