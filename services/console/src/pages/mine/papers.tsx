import { useTranslation } from 'react-i18next'
import type { Row } from '../../api/read.ts'
import { CommandButton } from '../../parts/act.tsx'
import { CommandDialog } from '../../parts/command-dialog.tsx'
import { useFormats } from '../../parts/format.ts'
import { ItemCard } from '../../parts/item-card.tsx'
import { PersonName, useUnit } from '../../parts/names.tsx'
import { ReadDocument } from '../../parts/read-text.tsx'

/** Documents and activities that wait for a word: each with what is needed to give it. */

export const DocumentItem = ({ row }: { row: Row<'/documents'> }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const zone = useUnit(row.issuer)?.timezone ?? 'UTC'
  const given = { path: { id: row.id }, body: {} }
  return (
    <ItemCard
      mark={<span className="chip">{t(`words.${row.kind}`)}</span>}
      title={row.title}
      unit={row.issuer}
      meta={
        <>
          <span>
            {t('work.by')} <PersonName id={row.author} />
          </span>
          <span>{t('work.since', { moment: moment(row.changed, zone) })}</span>
          <span>{t('mine.approvedSoFar', { done: row.approvedBy.length, all: row.approvers?.length ?? 0 })}</span>
        </>
      }
      actions={
        <>
          <CommandButton command="approveDocument" given={given} unit={row.issuer} className="primary">
            {t('mine.approve')}
          </CommandButton>
          <CommandDialog command="returnDocument" path={{ id: row.id }} unit={row.issuer} label={t('mine.return')} title={row.title} />
        </>
      }
    >
      <ReadDocument id={row.id} />
    </ItemCard>
  )
}

/** My own draft: it waits for me to hand it in. */
export const DraftItem = ({ row }: { row: Row<'/documents'> }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const zone = useUnit(row.issuer)?.timezone ?? 'UTC'
  return (
    <ItemCard
      mark={<span className={row.status === 'returned' ? 'chip wait' : 'chip'}>{t(`words.${row.status}`)}</span>}
      title={row.title}
      unit={row.issuer}
      meta={
        <>
          <span>{t(`words.${row.kind}`)}</span>
          <span>{t('work.since', { moment: moment(row.changed, zone) })}</span>
        </>
      }
      actions={
        <CommandDialog
          command="submitDocument"
          path={{ id: row.id }}
          unit={row.issuer}
          label={t('mine.handIn')}
          title={row.title}
          className="primary"
          initial={{ approvers: [...(row.approvers ?? [])] }}
        >
          <p>{t('mine.handInMeans')}</p>
        </CommandDialog>
      }
    >
      <ReadDocument id={row.id} />
    </ItemCard>
  )
}

export const ActivityItem = ({ row }: { row: Row<'/activities'> }) => {
  const { t } = useTranslation()
  const { label, span, money } = useFormats()
  const zone = useUnit(row.unit)?.timezone ?? 'UTC'
  const path = { id: row.id }
  const isToReview = row.major && row.status === 'proposed'
  return (
    <ItemCard
      mark={<span className={row.major ? 'chip wait' : 'chip'}>{t(row.major ? 'mine.majorActivity' : 'words.activity')}</span>}
      title={label(row.title)}
      unit={row.unit}
      meta={
        <>
          <span>{span(row.startsAt, row.endsAt, zone)}</span>
          <span>{row.venue}</span>
          <span>{money(row.budget)}</span>
        </>
      }
      actions={
        isToReview ? (
          <CommandDialog command="preReviewActivity" path={path} unit={row.unit} label={t('mine.preReview')} title={label(row.title)} className="primary" />
        ) : (
          <>
            <CommandButton command="approveActivity" given={{ path, body: {} }} unit={row.unit} className="primary">
              {t('mine.approve')}
            </CommandButton>
            <CommandDialog command="rejectActivity" path={path} unit={row.unit} label={t('mine.reject')} title={label(row.title)} />
          </>
        )
      }
    />
  )
}
