import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Row, reading } from '../../api/read.ts'
import { CommandButton } from '../../parts/act.tsx'
import { CommandDialog } from '../../parts/command-dialog.tsx'
import { useFormats } from '../../parts/format.ts'
import { ItemCard } from '../../parts/item-card.tsx'
import { PersonName } from '../../parts/names.tsx'
import { ReadMinutes } from '../../parts/read-text.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { DutyCard } from '../duties/duty-card.tsx'

/** Duties and what a chair owes of a meeting. */

export const DutyItem = ({ row }: { row: Row<'/duties'> }) => <DutyCard row={row} withOwner={false} />

export const EscalatedItem = ({ row }: { row: Row<'/duties'> }) => <DutyCard row={row} withOwner />

export const MinutesItem = ({ row }: { row: Row<'/meetings'> }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const path = { id: row.id }
  const isDrafted = row.status === 'minuted'
  return (
    <ItemCard
      mark={<span className="chip">{t('words.minutes')}</span>}
      title={label(row.title)}
      unit={row.unit}
      actions={
        isDrafted ? (
          <CommandButton command="approveMinutes" given={{ path, body: {} }} unit={row.unit} className="primary">
            {t('mine.approve')}
          </CommandButton>
        ) : (
          <CommandDialog command="draftMinutes" path={path} unit={row.unit} label={t('mine.draftMinutes')} title={label(row.title)} className="primary" />
        )
      }
    >
      {isDrafted && <ReadMinutes meeting={row.id} />}
    </ItemCard>
  )
}

export const LeaveItem = ({ row }: { row: Row<'/meetings'> }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const found = useQuery(reading('/meetings/{id}/overview', { path: { id: row.id } }))
  const asking = found.data?.attendees.filter(({ state }) => state === 'leave-requested') ?? []
  return (
    <ItemCard mark={<span className="chip wait">{t('words.leave-requested')}</span>} title={label(row.title)} unit={row.unit} due={row.at}>
      {found.isPending && <Loading />}
      {found.isError && <Failure error={found.error} onRetry={() => found.refetch()} />}
      {asking.map(({ person }) => (
        <div key={person} className="buttons item-actions">
          <PersonName id={person} />
          <CommandButton command="grantLeave" given={{ path: { id: row.id }, body: { person } }} unit={row.unit} className="primary">
            {t('mine.grant')}
          </CommandButton>
        </div>
      ))}
    </ItemCard>
  )
}
