import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listing, rowsOf } from '../../api/read.ts'
import { Act, CommandButton } from '../../parts/act.tsx'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { useFormats } from '../../parts/format.ts'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { Criteria } from './criteria.tsx'
import { Preview } from './preview.tsx'
import { type Scheme, scheme, useZone } from './told.ts'
import './assessments.css'

const route = getRouteApi('/inside/schemes/$scheme')

/** A scheme: what is in force, what is drafted, and the next revision. What was adopted never changes again. */
export const SchemePage = () => {
  const { t } = useTranslation()
  const { scheme: id } = route.useParams()
  const told = useQuery(scheme(id))
  const unit = rowsOf(useInfiniteQuery(listing('/schemes', { query: { limit: 100 } }))).find((row) => row.id === id)?.unit ?? null
  if (told.isPending) return <Loading />
  if (told.isError)
    return (
      <>
        <PageTitle title={t('fields.scheme')} />
        <Failure error={told.error} onRetry={() => told.refetch()} />
      </>
    )
  return <Shown id={id} unit={unit} state={told.data.state as Scheme} version={told.data.version} />
}

const Shown = ({ id, unit, state, version }: { id: string; unit: string | null; state: Scheme; version: number }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const zone = useZone()
  const [isWriting, setWriting] = useState(false)
  const { latest, adopted, revisions, status, subject } = state
  const inForce = adopted.at(-1)
  const initial = useMemo(() => ({ name: state.name, criteria: revisions[latest] ?? [] }), [state.name, revisions, latest])
  const path = useMemo(() => ({ id }), [id])
  return (
    <>
      <PageTitle title={label(state.name)}>
        <p>
          <span className={status === 'adopted' ? 'chip good' : 'chip wait'}>{t(`schemes.is.${status}`)}</span> {t(`words.${subject}`)}
        </p>
      </PageTitle>
      {status === 'draft' && (
        <Section title={t('schemes.drafted', { number: latest })}>
          <Criteria criteria={revisions[latest] ?? []} />
          <div className="buttons">
            <CommandButton command="adoptScheme" className="primary" unit={unit} given={{ path, body: { revision: latest }, version }}>
              {t('schemes.adopt')}
            </CommandButton>
          </div>
        </Section>
      )}
      {inForce !== undefined && (
        <Section title={t('schemes.inForce', { number: inForce })}>
          <p className="frozen">{t('schemes.frozen')}</p>
          <Criteria criteria={revisions[inForce] ?? []} />
        </Section>
      )}
      {!isWriting && (
        <div className="buttons">
          <Act permission="schemes:draft" unit={unit} onPress={() => setWriting(true)}>
            {t(status === 'draft' ? 'schemes.change' : 'schemes.next')}
          </Act>
        </div>
      )}
      {isWriting && (
        <Section title={t(status === 'draft' ? 'schemes.change' : 'schemes.next')}>
          <CommandForm
            command="reviseScheme"
            path={path}
            initial={initial}
            timeZone={zone}
            submit={t('schemes.draft')}
            beside={({ criteria = [] }) => <Preview criteria={criteria} kind={subject} />}
            onDone={() => setWriting(false)}
            onCancel={() => setWriting(false)}
          />
        </Section>
      )}
    </>
  )
}
