import { useInfiniteQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { listing, rowsOf } from '../../api/read.ts'
import { List } from '../../parts/list.tsx'
import { Card } from './card.tsx'
import type { Search } from './search.ts'
import { columns } from './stages.ts'

/** A column for each status, from the proposal to the end; those where nothing is stand small behind the others. */
export const Board = ({ search }: { search: Search }) => {
  const { t } = useTranslation()
  return (
    <section className="board" aria-label={t('activities.look.board')}>
      {columns.map((status) => (
        <Column key={status} status={status} unit={search.unit} />
      ))}
    </section>
  )
}

const Column = ({ status, unit }: { status: string; unit: string | undefined }) => {
  const { t } = useTranslation()
  const heading = useId()
  const pages = useInfiniteQuery(listing('/activities', { query: { status, ...(unit ? { unit } : {}), limit: 12 } }))
  return (
    <section className="column" aria-labelledby={heading} data-column={status} data-empty={(pages.isSuccess && rowsOf(pages).length === 0) || undefined}>
      <h2 id={heading}>{t(`words.${status}`)}</h2>
      <List
        pages={pages}
        keyOf={({ id }) => id}
        className="column-cards"
        label={t(`words.${status}`)}
        empty={<p className="quiet">{t('activities.board.empty')}</p>}
      >
        {(activity) => <Card activity={activity} />}
      </List>
    </section>
  )
}
