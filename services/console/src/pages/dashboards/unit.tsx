import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../parts/format.ts'
import { useUnit, useUnnamed } from '../../parts/names.tsx'
import { PageTitle } from '../../parts/page.tsx'
import { Breadcrumb } from './breadcrumb.tsx'
import { DashboardView } from './dashboard-view.tsx'
import { unitCards, unitMeasures } from './figures.ts'
import { Officers } from './officers.tsx'
import { PartsTable } from './parts-table.tsx'

const route = getRouteApi('/inside/dashboards/$unit')

export const UnitPage = () => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const { unit } = route.useParams()
  const { on = null } = route.useSearch()
  const navigate = route.useNavigate()
  const found = useUnit(unit)
  const unnamed = useUnnamed()
  return (
    <DashboardView
      key={unit}
      subject={{ unit }}
      on={on}
      onDay={(day) => navigate({ search: day === null ? {} : { on: day }, replace: true, resetScroll: false })}
      cards={unitCards}
      measures={unitMeasures}
      head={(picture) => {
        const known = picture?.name ?? found?.name
        const name = known ? label(known) : unnamed('unit', unit)
        const kind = picture && t(`unitKinds.${picture.kind}`, { defaultValue: picture.kind })
        return (
          <div>
            <Breadcrumb unit={unit} on={on} />
            <PageTitle title={name}>
              {/* Some are called what they are. */}
              {kind && kind !== name && <p className="quiet">{kind}</p>}
            </PageTitle>
          </div>
        )
      }}
    >
      {(picture) => (
        <>
          <PartsTable parts={picture.children} on={on} />
          <Officers unit={unit} on={on} />
        </>
      )}
    </DashboardView>
  )
}
