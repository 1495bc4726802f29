import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { units } from '../../api/organization.ts'
import { session } from '../../api/session.ts'
import { PageTitle } from '../../parts/page.tsx'
import { Empty, Failure, Loading } from '../../parts/states.tsx'

/** The first page: the dashboard of the unit of one's post, else the federation's. */
export const LandingPage = () => {
  const { t } = useTranslation()
  const signedIn = useQuery(session)
  const tree = useQuery(units())
  const unit = signedIn.data?.posts[0]?.unit ?? tree.data?.find((each) => each.parent === null)?.id
  if (unit !== undefined) return <Navigate to="/dashboards/$unit" params={{ unit }} replace />
  if (tree.isError) return <Failure error={tree.error} onRetry={() => tree.refetch()} />
  if (tree.isPending) return <Loading />
  return (
    <>
      <PageTitle title={t('dashboards.title')} />
      <Empty title={t('dashboards.noFederation')}>
        <p>{t('dashboards.noFederationWhy')}</p>
      </Empty>
    </>
  )
}
