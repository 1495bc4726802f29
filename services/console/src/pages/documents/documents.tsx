import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listing } from '../../api/read.ts'
import { documentKinds } from '../../parts/document-kinds.ts'
import { FirstStep } from '../../parts/first-step.tsx'
import { List } from '../../parts/list.tsx'
import { useMay } from '../../parts/may.ts'
import { PageTitle } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { UnitSelect } from '../../parts/unit-select.tsx'
import { useWhenRested } from '../../parts/when-rested.ts'
import { opening } from '../../parts/word.ts'
import { DocumentCard } from './document-card.tsx'
import { type DocumentSearch, statuses } from './routes.tsx'

const route = getRouteApi('/inside/documents')
/** A hand that types stops somewhere; only there it is asked. */
const restMs = 250

/** Documents that I may read, wrote, or am asked about: found by words of any script, by number, by kind and state. */
export const DocumentsPage = () => {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const id = useId()
  const { may } = useMay('documents:draft', null)
  const { q, kind, status, issuer, author } = search
  const isFiltered = Object.keys(search).length > 0
  const show = (next: { readonly [Name in keyof DocumentSearch]: DocumentSearch[Name] | undefined }): void =>
    void navigate({ search: Object.fromEntries(Object.entries({ ...search, ...next }).filter(([, value]) => value)) as DocumentSearch, replace: true })
  const asked = { q: q ?? null, kind: kind ?? null, status: status ?? null, issuer: issuer ?? null, author: author ?? null }
  const pages = useInfiniteQuery({ ...listing('/documents', { query: { ...asked, limit: 30 } }), placeholderData: (before) => before })
  return (
    <>
      <div className="title-row">
        <PageTitle title={t('documents.title')}>
          <p className="quiet">{t('documents.lead')}</p>
        </PageTitle>
        {may && (
          <Link to="/documents/draft" className="button primary">
            {t('documents.draft')}
          </Link>
        )}
      </div>
      <search className="filter-fields">
        <Words id={id} given={q ?? ''} onWords={(words) => show({ q: words })} />
        <Choice
          id={`${id}-kind`}
          label={t('fields.kind')}
          none={t('documents.every')}
          value={kind}
          all={documentKinds}
          onChange={(next) => show({ kind: next })}
        />
        <Choice
          id={`${id}-status`}
          label={t('fields.status')}
          none={t('documents.every')}
          value={status}
          all={statuses}
          onChange={(next) => show({ status: next })}
        />
        <div className="field">
          <label htmlFor={`${id}-issuer`}>{t('fields.issuer')}</label>
          <UnitSelect id={`${id}-issuer`} value={issuer ?? ''} none={t('documents.everyIssuer')} onChange={(chosen) => show({ issuer: chosen })} />
        </div>
        <label className="field tick">
          <input
            type="checkbox"
            className="checkbox"
            checked={author === 'me'}
            onChange={(event) => show({ author: event.target.checked ? 'me' : undefined })}
          />
          <span>{t('documents.mine')}</span>
        </label>
      </search>
      <h2 className="unseen">{t('documents.found')}</h2>
      <List
        pages={pages}
        className="items"
        label={t('documents.title')}
        keyOf={(row) => row.id}
        empty={
          <Empty title={t(isFiltered ? 'documents.noneFound' : 'documents.none')}>
            <p>{t('documents.noneWhy')}</p>
            {!isFiltered && (
              <FirstStep permission="documents:draft">
                <Link to="/documents/draft" className="button primary">
                  {t('documents.draft')}
                </Link>
              </FirstStep>
            )}
          </Empty>
        }
      >
        {(row) => <DocumentCard row={row} />}
      </List>
    </>
  )
}

const Words = ({ id, given, onWords }: { id: string; given: string; onWords: (words: string | undefined) => void }) => {
  const { t } = useTranslation()
  const [words, setWords] = useState(given)
  const whenRested = useWhenRested(restMs)
  useEffect(() => {
    if (words.trim() === given) return
    return whenRested(() => onWords(words.trim() || undefined))
  }, [words])
  return (
    <div className="field">
      <label htmlFor={`${id}-q`}>{t('documents.search')}</label>
      <input id={`${id}-q`} className="input" type="search" maxLength={200} value={words} onChange={(event) => setWords(event.target.value)} />
    </div>
  )
}

type ChoiceProps<Each extends string> = {
  readonly id: string
  readonly label: string
  readonly none: string
  readonly value: Each | undefined
  readonly all: readonly Each[]
  readonly onChange: (value: Each | undefined) => void
}
const Choice = <Each extends string>({ id, label, none, value, all, onChange }: ChoiceProps<Each>) => {
  const { t } = useTranslation()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="select" value={value ?? ''} onChange={(event) => onChange(all.find((each) => each === event.target.value))}>
        <option value="">{none}</option>
        {all.map((each) => (
          <option key={each} value={each}>
            {opening(t(`words.${each as string}`))}
          </option>
        ))}
      </select>
    </div>
  )
}
