import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { holders } from '../../api/organization.ts'
import { More } from '../../parts/more.tsx'
import { PersonName, PostName } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { Failure, Loading } from '../../parts/states.tsx'

/** Who holds a post at exactly this unit: the last step down. */
export const Officers = ({ unit, on }: { unit: string; on: string | null }) => {
  const { t } = useTranslation()
  const pages = useInfiniteQuery(holders(unit, on))
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Section title={t('officers.title')}>
      {pages.isPending && <Loading />}
      {pages.isError && <Failure error={pages.error} onRetry={() => pages.refetch()} />}
      {pages.isSuccess && items.length === 0 && <p className="quiet">{t('officers.none')}</p>}
      <ul className="people">
        {items.map((holder) => (
          <li key={holder.holding}>
            <Link to="/dashboards/officers/$person" params={{ person: holder.person }} search={on === null ? {} : { on }}>
              {holder.name ?? <PersonName id={holder.person} />}
            </Link>
            <span className="quiet">
              <PostName kind={holder.kind} />
            </span>
          </li>
        ))}
      </ul>
      <More pages={pages} />
    </Section>
  )
}
