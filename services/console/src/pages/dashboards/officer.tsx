import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { officer } from '../../api/organization.ts'
import { PostAt, usePersonName } from '../../parts/names.tsx'
import { PageTitle } from '../../parts/page.tsx'
import { Breadcrumb } from './breadcrumb.tsx'
import { DashboardView } from './dashboard-view.tsx'
import { officerCards, officerMeasures } from './figures.ts'

const route = getRouteApi('/inside/dashboards/officers/$person')

export const OfficerPage = () => {
  const { t } = useTranslation()
  const { person } = route.useParams()
  const { on = null } = route.useSearch()
  const navigate = route.useNavigate()
  const { data: held } = useQuery(officer(person, on))
  const [first] = held ?? []
  const name = usePersonName(person)
  return (
    <DashboardView
      key={person}
      subject={{ person }}
      on={on}
      onDay={(day) => navigate({ search: day === null ? {} : { on: day }, replace: true, resetScroll: false })}
      cards={officerCards}
      measures={officerMeasures}
      head={() => (
        <div>
          {first && <Breadcrumb unit={first.unit} on={on} leaf={name} />}
          <PageTitle title={name}>
            {(held ?? []).map((post) => (
              <p key={post.holding} className="quiet">
                <PostAt post={post} />
              </p>
            ))}
            <p>
              <Link to="/trail" search={{ person }}>
                {t('officers.trail')}
              </Link>
            </p>
          </PageTitle>
        </div>
      )}
    />
  )
}
