import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { reading } from '../../api/read.ts'
import { useHomeZone } from '../../parts/as-of.tsx'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { documentKinds } from '../../parts/document-kinds.ts'
import { useFormats } from '../../parts/format.ts'
import { useMay } from '../../parts/may.ts'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Loading } from '../../parts/states.tsx'
import { opening } from '../../parts/word.ts'

const route = getRouteApi('/inside/documents/draft')

/** A document is drafted: what is half written is kept on this device until it is sent. */
export const DraftPage = () => {
  const { t, i18n } = useTranslation()
  const { label } = useFormats()
  const zone = useHomeZone()
  const navigate = route.useNavigate()
  const { unit: chosen, kind, activity } = route.useSearch()
  const about = useQuery({ ...reading('/activities/{id}/overview', { path: { id: activity ?? '' } }), enabled: activity !== undefined })
  // Whoever organizes it issues what is written about it, where this person may draft for them.
  const { may } = useMay('documents:draft', about.data?.unit ?? null)
  const unit = chosen ?? (may ? about.data?.unit : undefined)
  const name = about.data && label(about.data.title)
  const language = i18n.language === 'en' ? ('en' as const) : ('zh-CN' as const)
  const initial = useMemo(
    () => ({
      language,
      ...(unit === undefined ? {} : { unit }),
      ...(kind === undefined ? {} : { kind }),
      ...(name === undefined || kind === undefined ? {} : { title: t('documents.titleOf', { kind: t(`words.${kind}`), name }) }),
    }),
    [language, unit, kind, name, t],
  )
  // What it is about is chosen by where it is begun, not typed.
  const given = useMemo(() => ({ about: activity === undefined ? undefined : { service: 'activities', kind: 'activity', id: activity } }), [activity])
  // Minutes come from their meeting.
  const choices = { kind: documentKinds.filter((each) => each !== 'minutes').map((value) => ({ value, label: opening(t(`words.${value}`)) })) }
  return (
    <>
      <PageTitle title={t('documents.draft')}>
        <p className="quiet">{t('documents.draftLead')}</p>
      </PageTitle>
      <Section title={t('documents.what')}>
        {activity !== undefined && about.isPending ? (
          <Loading />
        ) : (
          <CommandForm
            key={activity ?? ''}
            command="draftDocument"
            timeZone={zone}
            given={given}
            initial={initial}
            choices={choices}
            submit={t('documents.keep')}
            onDone={({ id }) => navigate({ to: '/documents/$document', params: { document: id } })}
          >
            {activity !== undefined && name !== undefined && (
              <p>
                {t('values.of', { name: t('fields.about') })}
                <Link to="/activities/$activity" params={{ activity }}>
                  {name}
                </Link>
              </p>
            )}
          </CommandForm>
        )}
      </Section>
    </>
  )
}
