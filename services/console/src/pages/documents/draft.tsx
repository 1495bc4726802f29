import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useHomeZone } from '../../parts/as-of.tsx'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { kinds } from './routes.tsx'

const route = getRouteApi('/inside/documents/draft')

/** A document is drafted: what is half written is kept on this device until it is sent. */
export const DraftPage = () => {
  const { t, i18n } = useTranslation()
  const zone = useHomeZone()
  const navigate = route.useNavigate()
  const { unit, kind } = route.useSearch()
  const language = i18n.language === 'en' ? ('en' as const) : ('zh-CN' as const)
  const initial = useMemo(() => ({ language, ...(unit === undefined ? {} : { unit }), ...(kind === undefined ? {} : { kind }) }), [language, unit, kind])
  // Minutes come from their meeting.
  const choices = { kind: kinds.filter((each) => each !== 'minutes').map((value) => ({ value, label: t(`words.${value}`) })) }
  return (
    <>
      <PageTitle title={t('documents.draft')}>
        <p className="quiet">{t('documents.draftLead')}</p>
      </PageTitle>
      <Section title={t('documents.what')}>
        <CommandForm
          command="draftDocument"
          timeZone={zone}
          initial={initial}
          choices={choices}
          submit={t('documents.keep')}
          onDone={({ id }) => navigate({ to: '/documents/$document', params: { document: id } })}
        />
      </Section>
    </>
  )
}
