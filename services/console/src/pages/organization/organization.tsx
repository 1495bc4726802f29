import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pathTo } from '../../api/organization.ts'
import { reading } from '../../api/read.ts'
import { AsOf } from '../../parts/as-of.tsx'
import { FirstStep } from '../../parts/first-step.tsx'
import { PageTitle } from '../../parts/page.tsx'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import { useWide } from '../../parts/wide.ts'
import { Chart } from './chart.tsx'
import type { TreeSearch } from './routes.tsx'
import { isGone, nodesOf, type Opened } from './tree.ts'
import { TreeList } from './tree-list.tsx'
import { UnitPanel } from './unit-panel.tsx'
import './organization.css'

const route = getRouteApi('/inside/organization')
const seldomChanges = 5 * 60_000

/** The organization of the federation on any day: a chart to drag, or a list for the keyboard; one unit of it beside. */
export const OrganizationPage = () => {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const wide = useWide()
  const on = search.on ?? null
  // On a phone a list is read more easily than a chart is dragged.
  const shownAs = search.as ?? (wide ? 'chart' : 'list')
  const told = useQuery({ ...reading('/units', { query: { on, gone: true } }), staleTime: seldomChanges, placeholderData: (before) => before })
  const [opened, setOpened] = useState<Opened>(new Map())

  const everything = told.data?.items ?? []
  const all = useMemo(() => everything.filter((unit) => search.gone === 'yes' || !isGone(unit, on)), [everything, search.gone, on])
  const above = useMemo(
    () =>
      search.unit === undefined
        ? []
        : pathTo(all, search.unit)
            .slice(0, -1)
            .map(({ id }) => id),
    [all, search.unit],
  )
  const nodes = useMemo(() => nodesOf(all, new Map([...above.map((id) => [id, true] as const), ...opened])), [all, above, opened])
  const chosen = everything.find((unit) => unit.id === search.unit) ?? null

  const change = (next: { readonly [Name in keyof TreeSearch]: TreeSearch[Name] | undefined }): void =>
    void navigate({
      search: Object.fromEntries(Object.entries({ ...search, ...next }).filter(([, value]) => value !== undefined)) as TreeSearch,
      replace: true,
    })
  const toggle = (id: string): void => setOpened(new Map([...opened, [id, !nodes.find(({ unit }) => unit.id === id)?.isOpen]]))
  const shown = { nodes, chosen: search.unit ?? null, on, onChoose: (unit: string) => change({ unit }), onToggle: toggle }

  return (
    <>
      <PageTitle title={t('organization.title')}>
        <p className="quiet">{t('organization.lead')}</p>
      </PageTitle>
      <AsOf on={on} onDay={(day) => change({ on: day ?? undefined })} />
      <div className="org-tools">
        <fieldset className="segments" aria-label={t('organization.shownAs')}>
          {(['chart', 'list'] as const).map((each) => (
            <button key={each} type="button" className="button" aria-pressed={shownAs === each} onClick={() => change({ as: each })}>
              {t(`organization.as.${each}`)}
            </button>
          ))}
        </fieldset>
        <label className="org-check">
          <input
            type="checkbox"
            className="checkbox"
            checked={search.gone === 'yes'}
            onChange={(event) => change({ gone: event.target.checked ? 'yes' : undefined })}
          />
          {t('organization.withGone')}
        </label>
      </div>
      {told.isPending && <Loading />}
      {told.isError && <Failure error={told.error} onRetry={() => told.refetch()} />}
      {told.isSuccess && all.length === 0 && (
        <Empty title={t('organization.none')}>
          <p>{t(on === null ? 'organization.noneWhy' : 'organization.noneThen')}</p>
          {on === null && (
            <FirstStep permission="federation:import">
              <Link to="/import" className="button primary">
                {t('entries.import')}
              </Link>
            </FirstStep>
          )}
        </Empty>
      )}
      {nodes.length > 0 && (
        <div className={chosen ? 'org-both' : undefined}>
          {(wide || !chosen) && <div className="org-tree">{shownAs === 'list' ? <TreeList {...shown} /> : <Chart {...shown} />}</div>}
          {chosen && <UnitPanel key={chosen.id} unit={chosen} all={everything} on={on} onChoose={(unit) => change({ unit: unit ?? undefined })} />}
        </div>
      )}
    </>
  )
}
