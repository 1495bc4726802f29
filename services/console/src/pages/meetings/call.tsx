import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useHomeZone } from '../../parts/as-of.tsx'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'

/** Calls a meeting: what, when, about what, who is to come, who chairs. */
export const CallPage = () => {
  const { t } = useTranslation()
  const zone = useHomeZone()
  const navigate = useNavigate()
  return (
    <>
      <PageTitle title={t('meetings.call')}>
        <p className="quiet">{t('meetings.callLead')}</p>
      </PageTitle>
      <Section title={t('meetings.what')}>
        <CommandForm
          key={zone}
          command="callMeeting"
          timeZone={zone}
          submit={t('meetings.call')}
          onDone={({ id }) => navigate({ to: '/meetings/$meeting', params: { meeting: id } })}
        />
      </Section>
    </>
  )
}
