import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Row } from '../../api/read.ts'
import { me } from '../../api/session.ts'
import { CommandButton } from '../../parts/act.tsx'
import { useByPolicy } from '../../parts/by-policy.ts'
import { CommandDialog } from '../../parts/command-dialog.tsx'
import { useFormats } from '../../parts/format.ts'
import { ItemCard } from '../../parts/item-card.tsx'
import { PersonName, useUnit } from '../../parts/names.tsx'

type Props = { readonly row: Row<'/duties'>; readonly withOwner: boolean }

/** Who owes what by when, how far it is, and what whoever looks may do about it. */
export const DutyCard = ({ row, withOwner }: Props) => {
  const { t } = useTranslation()
  const { moment, dutyTitle } = useFormats()
  const zone = useUnit(row.unit)?.timezone ?? 'UTC'
  const own = useQuery(me).data?.person?.id
  const { days } = useByPolicy()
  const isDone = row.state === 'fulfilled'
  const path = { id: row.id }
  return (
    <ItemCard
      mark={<span className={isDone ? 'chip good' : row.state === 'overdue' ? 'chip wait' : 'chip'}>{t(`duties.state.${row.state}`)}</span>}
      title={dutyTitle(row)}
      unit={row.unit}
      due={row.due}
      why={row.sourceKind === 'activity' ? days(row.since, row.due) : null}
      isDone={isDone}
      meta={
        <>
          {withOwner && (
            <span>
              {t('values.of', { name: t('fields.owner') })}
              <PersonName id={row.owner} />
            </span>
          )}
          {row.sourceKind !== null && <span>{t(`duties.from.${row.sourceKind}`)}</span>}
          {row.assigner !== null && (
            <span>
              {t('work.by')} <PersonName id={row.assigner} />
            </span>
          )}
          {row.escalatedTo !== null && !isDone && (
            <span className="late">
              {t('duties.escalated')} <PersonName id={row.escalatedTo} />
            </span>
          )}
          {row.fulfilledAt !== null && <span>{t(row.onTime ? 'duties.doneInTime' : 'duties.doneLate', { moment: moment(row.fulfilledAt, zone) })}</span>}
        </>
      }
      actions={!isDone && <Actions row={row} isOwn={own === row.owner} path={path} />}
    >
      {row.note !== null && <p className="text">{row.note}</p>}
    </ItemCard>
  )
}

const Actions = ({ row, isOwn, path }: { row: Row<'/duties'>; isOwn: boolean; path: { id: string } }) => {
  const { t } = useTranslation()
  const { dutyTitle } = useFormats()
  if (!isOwn)
    return (
      <CommandButton command="confirmDuty" given={{ path, body: {} }} unit={row.unit} className="primary">
        {t('duties.confirm')}
      </CommandButton>
    )
  // Whoever owes it says so under a post of theirs, wherever that is: the duty may belong to a unit above it.
  return (
    <>
      <CommandButton command="fulfilDuty" given={{ path, body: {} }} unit={null} className="primary">
        {t('duties.fulfil')}
      </CommandButton>
      <CommandDialog command="reportProgress" path={path} unit={null} label={t('duties.report')} title={dutyTitle(row)} />
    </>
  )
}
