import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Row } from '../../api/read.ts'
import { useFormats } from '../../parts/format.ts'
import { ItemCard } from '../../parts/item-card.tsx'
import { PersonName, useUnit } from '../../parts/names.tsx'

/** A document in a list: what, whose, and where it is now; on its way, for whose word it waits. */
export const DocumentCard = ({ row }: { row: Row<'/documents'> }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const zone = useUnit(row.issuer)?.timezone ?? 'UTC'
  const waiting = row.status === 'submitted' ? (row.approvers ?? []).filter((each) => !row.approvedBy.includes(each)) : []
  return (
    <ItemCard
      mark={<span className={row.status === 'filed' ? 'chip good' : row.status === 'returned' ? 'chip wait' : 'chip'}>{t(`words.${row.status}`)}</span>}
      title={
        <Link to="/documents/$document" params={{ document: row.id }}>
          {row.title}
        </Link>
      }
      unit={row.issuer}
      meta={
        <>
          {row.label !== null && <strong>{row.label}</strong>}
          <span>{t(`words.${row.kind}`)}</span>
          <span>
            {t('values.of', { name: t('fields.author') })}
            <PersonName id={row.author} />
          </span>
          <time dateTime={row.changed}>{moment(row.changed, zone)}</time>
        </>
      }
    >
      {waiting.length > 0 && (
        <p className="quiet">
          {t('documents.waitsFor')}{' '}
          {waiting.map((each, place) => (
            <span key={each}>
              {place > 0 && ' · '}
              <PersonName id={each} />
            </span>
          ))}
        </p>
      )}
    </ItemCard>
  )
}
