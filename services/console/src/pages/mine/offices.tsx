import { Link } from '@tanstack/react-router'
import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import type { Row } from '../../api/read.ts'
import { readWords } from '../../i18n/i18n.ts'
import { CommandButton } from '../../parts/act.tsx'
import { useByPolicy } from '../../parts/by-policy.ts'
import { useFormats } from '../../parts/format.ts'
import { ItemCard } from '../../parts/item-card.tsx'
import { PersonName, PostName, useUnit } from '../../parts/names.tsx'
import { Unfolded } from './unfolded.tsx'

/** Posts and personal data on which I have a word. */

const SettleObjections = lazy(async () => {
  const [module] = await Promise.all([import('../appointments/settling.tsx'), readWords('appointments')])
  return { default: module.SettleObjections }
})
const AdoptScheme = lazy(async () => {
  const [module] = await Promise.all([import('../assessments/adopting.tsx'), readWords('assessments')])
  return { default: module.AdoptScheme }
})

export const AppointmentItem = ({ row }: { row: Row<'/appointments'> }) => {
  const { t } = useTranslation()
  const isProposed = row.status === 'proposed'
  return (
    <ItemCard
      mark={<span className="chip">{t(`words.${row.status}`)}</span>}
      title={
        <>
          {row.name ?? <PersonName id={row.person} />} · <PostName kind={row.kind} />
        </>
      }
      unit={row.unit}
      actions={
        <>
          <CommandButton
            command={isProposed ? 'recommendAppointment' : 'checkEligibility'}
            given={{ path: { id: row.id }, body: {} }}
            unit={row.unit}
            className="primary"
          >
            {t(isProposed ? 'mine.recommend' : 'mine.checkEligibility')}
          </CommandButton>
          <Link to="/appointments/$id" params={{ id: row.id }} className="button">
            {t('work.open')}
          </Link>
        </>
      }
    />
  )
}

/** A notice that somebody objects to: what was said is read, and settled, in place. */
export const ObjectionItem = ({ row }: { row: Row<'/appointments'> }) => {
  const { t } = useTranslation()
  const { count } = useByPolicy()
  return (
    <ItemCard
      mark={<span className="chip wait">{t('mine.objections', { count: row.openObjections })}</span>}
      title={
        <>
          {row.name ?? <PersonName id={row.person} />} · <PostName kind={row.kind} />
        </>
      }
      unit={row.unit}
      due={row.noticeUntil}
      why={row.noticeDays === null ? null : count(row.noticeDays)}
      actions={
        <Link to="/appointments/$id" params={{ id: row.id }} className="button">
          {t('work.open')}
        </Link>
      }
    >
      <Unfolded label={t('mine.settle')}>
        <SettleObjections id={row.id} />
      </Unfolded>
    </ItemCard>
  )
}

/** A scheme that was drafted: read and adopted in place; what it would have made of the last scores stands on its own page. */
export const SchemeItem = ({ row }: { row: Row<'/schemes'> }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  return (
    <ItemCard
      mark={<span className="chip">{t('mine.scheme')}</span>}
      title={label(row.name)}
      unit={row.unit}
      actions={
        <Link to="/schemes/$scheme" params={{ scheme: row.id }} className="button">
          {t('work.open')}
        </Link>
      }
    >
      <Unfolded label={t('mine.lookAtScheme')}>
        <AdoptScheme id={row.id} unit={row.unit} />
      </Unfolded>
    </ItemCard>
  )
}

export const ErasureItem = ({ row }: { row: Row<'/erasures'> }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const zone = useUnit(row.unit)?.timezone ?? 'UTC'
  return (
    <ItemCard
      mark={<span className="chip wait">{t('mine.erasure')}</span>}
      title={<PersonName id={row.person} />}
      unit={row.unit}
      meta={<span>{t('work.since', { moment: moment(row.requested, zone) })}</span>}
      actions={
        <>
          <CommandButton command="approveErasure" given={{ path: { id: row.person }, body: {} }} unit={row.unit} className="primary">
            {t('mine.approve')}
          </CommandButton>
          <Link to="/erasures" className="button">
            {t('work.open')}
          </Link>
        </>
      }
    />
  )
}
