import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { units } from '../../api/organization.ts'
import { mayAnywhere } from '../../api/permissions.ts'
import { me } from '../../api/session.ts'
import { trail } from '../../api/trail.ts'
import { More } from '../../parts/more.tsx'
import { PageTitle } from '../../parts/page.tsx'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import { Facts } from './facts.tsx'
import { Filters } from './filters.tsx'
import { askedOf, hasDays } from './search.ts'

const route = getRouteApi('/inside/trail')

export const TrailPage = () => {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const known = useQuery(me)
  const tree = useQuery(units())
  const timeZone = tree.data?.find((unit) => unit.parent === null)?.timezone ?? 'UTC'
  const pages = useInfiniteQuery({ ...trail(askedOf(search, timeZone)), enabled: !tree.isPending || !hasDays(search) })
  const facts = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <PageTitle title={t('trail.title')}>
        <p className="quiet">{t('trail.lead')}</p>
      </PageTitle>
      <Filters search={search} onSearch={(next) => navigate({ search: next })} />
      {pages.isPending && <Loading />}
      {pages.isError && <Failure error={pages.error} onRetry={() => pages.refetch()} />}
      {pages.isSuccess && facts.length === 0 && (
        <Nothing filtered={Object.keys(search).length > 0} may={!known.data || mayAnywhere(known.data, 'trail:read')} />
      )}
      <Facts facts={facts} />
      <More pages={pages} />
    </>
  )
}

/** Why the list is empty: nothing happened, nothing fits, or nothing may be seen. */
const Nothing = ({ filtered, may }: { filtered: boolean; may: boolean }) => {
  const { t } = useTranslation()
  const why = may ? (filtered ? 'fits' : 'yet') : 'mayNot'
  return (
    <Empty title={t(`trail.nothing.${why}`)}>
      <p>{t(`trail.nothing.${why}Why`)}</p>
    </Empty>
  )
}
