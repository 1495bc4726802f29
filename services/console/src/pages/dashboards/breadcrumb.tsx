import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { pathTo, units } from '../../api/organization.ts'
import { useFormats } from '../../parts/format.ts'

/** Where a unit stands: everything above it, from the federation down; `leaf` is what stands below the unit. */
export const Breadcrumb = ({ unit, on, leaf }: { unit: string; on: string | null; leaf?: string }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const tree = useQuery(units(on))
  const path = pathTo(tree.data ?? [], unit)
  if (path.length < 2 && leaf === undefined) return null
  return (
    <nav aria-label={t('frame.where')}>
      <ol className="breadcrumb">
        {path.map((each) => (
          <li key={each.id}>
            {each.id === unit && leaf === undefined ? (
              <span aria-current="page">{label(each.name)}</span>
            ) : (
              <Link to="/dashboards/$unit" params={{ unit: each.id }} search={on === null ? {} : { on }}>
                {label(each.name)}
              </Link>
            )}
          </li>
        ))}
        {leaf !== undefined && (
          <li>
            <span aria-current="page">{leaf}</span>
          </li>
        )}
      </ol>
    </nav>
  )
}
