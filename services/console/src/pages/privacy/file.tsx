import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reads } from '../../api/generated/schema.ts'
import { ask, filled } from '../../api/http.ts'
import { readKey } from '../../api/read.ts'
import { me } from '../../api/session.ts'
import { Act } from '../../parts/act.tsx'
import { useFormats } from '../../parts/format.ts'
import { PersonName, PostName, UnitName, useUnit } from '../../parts/names.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { Access, Readers } from './readers.tsx'
import './privacy.css'

type File = Reads['/people/{id}/file']['answer']
const route = getRouteApi('/inside/people/$person/file')

/** Somebody's personnel file. It opens when the reader has said why, and says beforehand that this is written down. */
export const FilePage = () => {
  const { t } = useTranslation()
  const { person } = route.useParams()
  const known = useQuery(me)
  const client = useQueryClient()
  const opening = useMutation({
    mutationFn: (reason: string) =>
      ask<File>(filled('/people/{id}/file', { id: person }), reason === '' ? {} : { headers: { 'collegium-reason': encodeURIComponent(reason) } }),
    onSuccess: () => client.invalidateQueries({ queryKey: [readKey, '/people/{id}/file/readers'] }),
  })
  if (known.isPending) return <Loading />
  const isOwn = known.data?.person?.id === person
  return (
    <>
      <PageTitle title={t('privacy.file.title')}>
        <p className="quiet">
          <PersonName id={person} />
        </p>
      </PageTitle>
      {opening.data === undefined && <Opening isOwn={isOwn} isBusy={opening.isPending} onOpen={opening.mutate} />}
      {opening.isError && <Failure error={opening.error} />}
      {opening.data && <Content file={opening.data} />}
      {opening.data && (
        <Section title={t('privacy.readers.title')}>
          <Readers person={person} campus={opening.data.card.campus} />
        </Section>
      )}
      <Section title={t('privacy.access.title')}>
        <Access person={person} />
      </Section>
    </>
  )
}

const Opening = ({ isOwn, isBusy, onOpen }: { isOwn: boolean; isBusy: boolean; onOpen: (reason: string) => void }) => {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const open = (event: FormEvent): void => {
    event.preventDefault()
    onOpen(isOwn ? '' : reason.trim())
  }
  return (
    <form className="form command-form" onSubmit={open}>
      <p>{t(isOwn ? 'privacy.file.own' : 'privacy.file.warning')}</p>
      {!isOwn && (
        <label className="field">
          <span>{t('privacy.file.reason')}</span>
          <input className="input" name="reason" required maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
      )}
      <div className="buttons">
        <Act
          permission={isOwn ? 'signed-in' : 'people:read-file'}
          unit={null}
          isBusy={isBusy}
          not={isOwn || reason.trim() !== '' ? null : t('privacy.file.firstReason')}
          onPress={null}
          className="primary"
        >
          {t('privacy.file.open')}
        </Act>
      </div>
    </form>
  )
}

const Content = ({ file: { card, cases } }: { file: File }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const timeZone = useUnit(card.campus)?.timezone ?? 'UTC'
  const span = (from: string | null, until: string | null): string => [from, until].map((at) => (at === null ? '…' : moment(at, timeZone))).join(' – ')
  return (
    <>
      <Section title={t('privacy.file.card')}>
        <dl className="details" data-file={card.id}>
          <dt>{t('privacy.name')}</dt>
          <dd>{card.name ?? t('privacy.erased')}</dd>
          <dt>{t('privacy.number')}</dt>
          <dd>{card.number ?? t('privacy.erased')}</dd>
          <dt>{t('privacy.campus')}</dt>
          <dd>
            <UnitName id={card.campus} />
          </dd>
        </dl>
      </Section>
      <Section title={t('privacy.file.cases')}>
        {cases.length === 0 && <p className="quiet">{t('privacy.file.noCases')}</p>}
        <ul className="readings">
          {cases.map((each) => (
            <li key={each.id}>
              <p>
                <PostName kind={each.kind} /> · <UnitName id={each.unit} /> <span className="chip">{t(`privacy.cases.${each.status}`)}</span>
              </p>
              <p className="quiet">{span(each.from, each.until)}</p>
              {each.citation !== null && <p className="quiet">{each.citation}</p>}
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}
