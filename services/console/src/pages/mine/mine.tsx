import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { me } from '../../api/session.ts'
import { useFormats } from '../../parts/format.ts'
import { More } from '../../parts/more.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import { AskedByMe } from './asked.tsx'
import { Today } from './today.tsx'
import { type Group, groups, useWaiting } from './waiting.tsx'
import './mine.css'

/** The first page of whoever holds a post: what waits for me, what today brings, what became of what I asked. */
export const MyPage = () => {
  const { t } = useTranslation()
  const name = useQuery(me).data?.person?.name
  return (
    <>
      <div className="title-row">
        <PageTitle title={name ? t('mine.hello', { name }) : t('mine.title')} />
        <Link to="/near" className="button">
          {t('mine.near')}
        </Link>
      </div>
      <div className="mine">
        <Waiting />
        <div className="mine-side">
          <Today />
          <AskedByMe />
        </div>
      </div>
    </>
  )
}

const Waiting = () => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const [group, setGroup] = useState<Group | null>(null)
  const { all, isPending, failed, more } = useWaiting()
  const now = new Date().toISOString()
  const late = all.filter(({ due }) => due !== null && due < now).length
  const counts = groups.map((each) => [each, all.filter((item) => item.group === each).length] as const).filter(([, count]) => count > 0)
  // What was done is gone from its group: then all is shown again.
  const shownGroup = counts.some(([each]) => each === group) ? group : null
  const shown = all.filter((item) => shownGroup === null || item.group === shownGroup)
  return (
    <Section
      title={t('mine.waiting')}
      aside={
        <span className={late > 0 ? 'late' : 'quiet'} role="status">
          {late > 0 ? t('mine.late', { count: late }) : t(more.hasNextPage ? 'mine.countAtLeast' : 'mine.count', { count: all.length })}
        </span>
      }
    >
      {counts.length > 1 && (
        <fieldset className="filters mine-filters" aria-label={t('mine.only')}>
          <FilterButton label={t('mine.all')} count={number(all.length)} isOn={shownGroup === null} onPress={() => setGroup(null)} />
          {counts.map(([each, count]) => (
            <FilterButton key={each} label={t(`mine.groups.${each}`)} count={number(count)} isOn={shownGroup === each} onPress={() => setGroup(each)} />
          ))}
        </fieldset>
      )}
      {failed && <Failure error={failed.error} onRetry={() => failed.refetch()} />}
      {isPending && <Loading />}
      {!isPending && !failed && all.length === 0 && (
        <Empty title={t('mine.nothing')}>
          <p>{t('mine.nothingWhy')}</p>
        </Empty>
      )}
      <ul className="items" aria-label={t('mine.waiting')}>
        {shown.map(({ key, item }) => (
          <li key={key}>{item}</li>
        ))}
      </ul>
      {more.hasNextPage && <p className="quiet">{t('mine.moreWhy')}</p>}
      <More pages={more} />
    </Section>
  )
}

const FilterButton = ({ label, count, isOn, onPress }: { label: string; count: string; isOn: boolean; onPress: () => void }) => (
  <button type="button" className="button" aria-pressed={isOn} onClick={onPress}>
    {label} <span className="number">{count}</span>
  </button>
)
