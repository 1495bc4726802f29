import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listing, rowsOf } from '../../api/read.ts'
import { useHomeZone } from '../../parts/as-of.tsx'
import { dayIn, daysBetween } from '../../parts/days.ts'
import { useFormats } from '../../parts/format.ts'
import { More } from '../../parts/more.tsx'
import { UnitName } from '../../parts/names.tsx'
import { Empty, Failure, Loading } from '../../parts/states.tsx'

/** What each unit still owes, the most overdue first, and how old the oldest of it is. */
export const DutiesByUnit = ({ unit }: { unit: string | null }) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const zone = useHomeZone()
  const pages = useInfiniteQuery(listing('/duties/by-unit', { query: { unit, limit: 200 } }))
  const rows = rowsOf(pages).toSorted((a, b) => b.overdue - a.overdue || a.oldest.localeCompare(b.oldest))
  if (pages.isPending) return <Loading />
  if (pages.isError) return <Failure error={pages.error} onRetry={() => pages.refetch()} />
  if (rows.length === 0) return <Empty title={t('duties.noneByUnit')} />
  const age = (since: string): number => Math.max(0, daysBetween(dayIn(zone, new Date(since)), dayIn(zone)))
  return (
    <>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('fields.unit')}</th>
            <th scope="col" className="number">
              {t('duties.openCount')}
            </th>
            <th scope="col" className="number">
              {t('duties.overdueCount')}
            </th>
            <th scope="col" className="number">
              {t('duties.oldest')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.unit}>
              <th scope="row">
                <Link to="/duties" search={{ whose: 'unit', unit: row.unit }}>
                  <UnitName id={row.unit} />
                </Link>
              </th>
              <td className="number">{number(row.open)}</td>
              <td className={row.overdue > 0 ? 'number late' : 'number'}>{number(row.overdue)}</td>
              <td className="number">{t('duties.age', { count: age(row.oldest) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <More pages={pages} />
    </>
  )
}
