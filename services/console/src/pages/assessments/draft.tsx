import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { me } from '../../api/session.ts'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { PageTitle } from '../../parts/page.tsx'
import { Preview } from './preview.tsx'
import { useZone } from './told.ts'
import './assessments.css'

/** A new scheme: its form comes from the API; beside it stands what it would have meant. */
export const DraftPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const zone = useZone()
  const known = useQuery(me)
  const unit = Object.keys(known.data?.permissions ?? {})[0]
  const initial = useMemo(() => (unit === undefined ? {} : { unit }), [unit])
  return (
    <>
      <PageTitle title={t('schemes.new')}>
        <p className="quiet">{t('schemes.newWhy')}</p>
      </PageTitle>
      {known.isSuccess && (
        <CommandForm
          command="draftScheme"
          initial={initial}
          timeZone={zone}
          submit={t('schemes.draft')}
          beside={({ criteria = [], subject }) => <Preview criteria={criteria} kind={subject} />}
          onDone={({ id }) => navigate({ to: '/schemes/$scheme', params: { scheme: id } })}
        />
      )}
    </>
  )
}
