import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listing } from '../../api/read.ts'
import { List } from '../../parts/list.tsx'
import { Section } from '../../parts/page.tsx'
import { Card } from './card.tsx'
import { Nothing } from './nothing.tsx'
import type { Search } from './search.ts'

/** The latest start first. */
export const ActivityList = ({ search: { unit, status } }: { search: Search }) => {
  const { t } = useTranslation()
  const pages = useInfiniteQuery(listing('/activities', { query: { ...(unit ? { unit } : {}), ...(status ? { status } : {}), limit: 30 } }))
  return (
    <Section title={t('activities.look.list')}>
      <List pages={pages} keyOf={({ id }) => id} label={t('activities.title')} empty={<Nothing isFiltered={unit !== undefined || status !== undefined} />}>
        {(activity) => <Card activity={activity} withStatus />}
      </List>
    </Section>
  )
}
