import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { reading } from '../../api/read.ts'
import { me } from '../../api/session.ts'
import { CommandButton } from '../../parts/act.tsx'
import { CommandDialog } from '../../parts/command-dialog.tsx'
import type { Document } from './document.tsx'

/** What comes next, by whom; whoever may not is told why before pressing. */
export const DocumentSteps = ({ document }: { document: Document }) => {
  const { t } = useTranslation()
  const own = useQuery(me).data?.person?.id ?? null
  const { id, status, issuer, author, line, revisions, version } = document
  const last = revisions.at(-1)
  const path = { id }
  const seen = useQuery({ ...reading('/documents/{id}', { path }), enabled: status === 'draft' || status === 'returned' })
  const notAuthor = author === null || author === own ? null : t('documents.onlyAuthor')
  const mine = line.find(({ person }) => person === own)
  const notAsked = mine === undefined ? t('documents.notAsked') : mine.approvedAt !== null ? t('documents.approvedAlready') : null
  if (status === 'draft' || status === 'returned')
    return (
      <div className="buttons item-actions">
        <CommandDialog
          command="submitDocument"
          path={path}
          unit={issuer}
          label={t('documents.submit')}
          not={notAuthor}
          className="primary"
          initial={{ approvers: line.map(({ person }) => person) }}
        >
          <p>{t('documents.submitMeans')}</p>
        </CommandDialog>
        <CommandDialog
          command="reviseDocument"
          path={path}
          unit={issuer}
          label={t('documents.revise')}
          not={notAuthor}
          initial={{ title: last?.title ?? '', text: last?.text ?? '' }}
          seen={seen.data}
        />
      </div>
    )
  if (status === 'submitted')
    return (
      <div className="buttons item-actions">
        <CommandButton command="approveDocument" given={{ path, body: {}, version }} unit={issuer} not={notAsked} className="primary">
          {t('documents.approve')}
        </CommandButton>
        <CommandDialog command="returnDocument" path={path} unit={issuer} label={t('documents.return')} not={notAsked} />
      </div>
    )
  return null
}
