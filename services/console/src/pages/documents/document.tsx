import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Answer, reading } from '../../api/read.ts'
import { PersonName, UnitName } from '../../parts/names.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { ApprovalLine, Filing } from './approval-line.tsx'
import { DocumentSteps } from './steps.tsx'
import { Versions } from './versions.tsx'
import '../../parts/item-card.css'
import './documents.css'

export type Document = Answer<'/documents/{id}/overview'>

const route = getRouteApi('/inside/documents/$document')

/** One document: its text, its way through approval to a number, and how its revisions differ. */
export const DocumentPage = () => {
  const { t } = useTranslation()
  const { document } = route.useParams()
  const found = useQuery(reading('/documents/{id}/overview', { path: { id: document } }))
  if (found.isPending) return <Loading />
  if (found.isError)
    return (
      <>
        <PageTitle title={t('documents.one')} />
        <Failure error={found.error} onRetry={() => found.refetch()} />
      </>
    )
  return <DocumentView document={found.data} />
}

const DocumentView = ({ document }: { document: Document }) => {
  const { t } = useTranslation()
  const { status, kind, issuer, author, revisions, language, filing } = document
  const last = revisions.at(-1)
  return (
    <>
      <PageTitle title={last?.title ?? ''}>
        <p className="item-meta quiet">
          <span className={status === 'filed' ? 'chip good' : status === 'returned' ? 'chip wait' : 'chip'}>{t(`words.${status}`)}</span>
          {filing !== null && <strong>{filing.label}</strong>}
          <span>{t(`words.${kind}`)}</span>
          <span>
            <UnitName id={issuer} />
          </span>
          {author !== null && (
            <span>
              {t('values.of', { name: t('fields.author') })}
              <PersonName id={author} />
            </span>
          )}
        </p>
      </PageTitle>
      <DocumentSteps document={document} />
      <div className="document">
        <Section title={t('fields.text')}>
          <p className="letter" lang={language}>
            {last?.text}
          </p>
        </Section>
        <div className="document-side">
          <ApprovalLine document={document} />
          {filing !== null && <Filing filing={filing} issuer={issuer} />}
        </div>
      </div>
      {revisions.length > 1 && <Versions revisions={revisions} issuer={issuer} language={language} />}
    </>
  )
}
