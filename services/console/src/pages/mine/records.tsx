import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Row, reading } from '../../api/read.ts'
import { CommandButton } from '../../parts/act.tsx'
import { useByPolicy } from '../../parts/by-policy.ts'
import { CommandDialog } from '../../parts/command-dialog.tsx'
import { useFormats } from '../../parts/format.ts'
import { ItemCard } from '../../parts/item-card.tsx'
import { ActivityName, PersonName, useUnit } from '../../parts/names.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { Unfolded } from './unfolded.tsx'

/** Hours to confirm, subjects to score, surveys that ask me. */

export const StintItem = ({ row }: { row: Row<'/stints'> }) => {
  const { t } = useTranslation()
  const { span, hours } = useFormats()
  const zone = useUnit(row.unit)?.timezone ?? 'UTC'
  return (
    <ItemCard
      mark={<span className="chip">{t('mine.hours')}</span>}
      title={<PersonName id={row.person} />}
      unit={row.unit}
      meta={
        <>
          {row.from !== null && row.to !== null && <span>{span(row.from, row.to, zone)}</span>}
          {row.minutes !== null && <span>{hours(row.minutes)}</span>}
          {row.ground !== null && <span>{row.ground}</span>}
        </>
      }
      actions={
        <>
          <CommandButton
            // What was entered by hand counts by a second person from outside the unit.
            command={row.status === 'entered' ? 'countersignHours' : 'confirmHours'}
            given={{ path: { id: row.id }, body: {} }}
            unit={row.unit}
            className="primary"
          >
            {t(row.status === 'entered' ? 'mine.countersign' : 'mine.confirm')}
          </CommandButton>
          <CommandDialog command="refuseHours" path={{ id: row.id }} unit={row.unit} label={t('mine.refuse')} />
        </>
      }
    >
      {row.status === 'entered' && (
        <Unfolded label={t('work.read')}>
          <Entered id={row.id} />
        </Unfolded>
      )}
    </ItemCard>
  )
}

type ByHand = { readonly reason?: string; readonly evidence: readonly string[]; readonly by: string | null }

/** Why hours were entered by hand, on what, and by whom: what a second person answers for. */
const Entered = ({ id }: { id: string }) => {
  const { t } = useTranslation()
  const told = useQuery(reading('/stints/{id}/history', { path: { id } }))
  if (told.isPending) return <Loading />
  if (told.isError) return <Failure error={told.error} onRetry={() => told.refetch()} />
  const entry = told.data.items.findLast(({ type }) => type === 'volunteers.hours-entered.v1')?.data as ByHand | undefined
  if (entry === undefined) return null
  return (
    <>
      <p className="text">{entry.reason}</p>
      <p className="quiet">
        {entry.evidence.join(' · ')}
        {entry.by !== null && (
          <>
            {' '}
            {t('work.by')} <PersonName id={entry.by} />
          </>
        )}
      </p>
    </>
  )
}

export const AssessmentItem = ({ row }: { row: Row<'/assessments'> }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const zone = useUnit(row.unit)?.timezone ?? 'UTC'
  return (
    <ItemCard
      mark={<span className="chip">{t('mine.assessment')}</span>}
      title={row.subject.kind === 'activity' ? <ActivityName id={row.subject.id} /> : <PersonName id={row.subject.id} />}
      unit={row.unit}
      meta={
        <span>
          {moment(row.from, zone)} – {moment(row.to, zone)}
        </span>
      }
      actions={
        <CommandButton command="scoreAssessment" given={{ path: { id: row.id }, body: {} }} unit={row.unit} className="primary">
          {t('mine.score')}
        </CommandButton>
      }
    />
  )
}

export const SurveyItem = ({ row }: { row: Row<'/surveys'> }) => {
  const { t } = useTranslation()
  const { days } = useByPolicy()
  const { label } = useFormats()
  return (
    <ItemCard
      mark={<span className="chip">{t('mine.survey')}</span>}
      title={label(row.title)}
      unit={row.unit}
      due={row.closesAt}
      why={days(row.openedAt, row.closesAt)}
      actions={
        <Link to="/surveys/$survey/answer" params={{ survey: row.id }} className="button primary">
          {t('mine.answer')}
        </Link>
      }
    />
  )
}
