import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Row } from '../../api/read.ts'
import { useFormats } from '../../parts/format.ts'
import { ItemCard } from '../../parts/item-card.tsx'
import { PersonName, useUnit } from '../../parts/names.tsx'

/** A meeting in a list: when, who chairs, how far it is, and how I stand with it. */
export const MeetingCard = ({ row }: { row: Row<'/meetings'> }) => {
  const { t } = useTranslation()
  const { label, span } = useFormats()
  const zone = useUnit(row.unit)?.timezone ?? 'UTC'
  return (
    <ItemCard
      mark={<span className={row.status === 'open' ? 'chip good' : 'chip'}>{t(`meetings.status.${row.status}`)}</span>}
      title={
        <Link to="/meetings/$meeting" params={{ meeting: row.id }}>
          {label(row.title)}
        </Link>
      }
      unit={row.unit}
      meta={
        <>
          <time dateTime={row.at}>{span(row.at, row.at, zone)}</time>
          {row.chair !== null && (
            <span>
              {t('values.of', { name: t('fields.chair') })}
              <PersonName id={row.chair} />
            </span>
          )}
          <span>{t('meetings.there', { there: row.present, all: row.invited })}</span>
          {row.mine !== null && row.mine !== 'invited' && <span>{t('meetings.yours', { state: t(`meetings.mine.${row.mine}`) })}</span>}
          {row.label !== null && <span>{row.label}</span>}
        </>
      }
    />
  )
}
