import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { session } from '../../api/session.ts'
import { Loading } from '../../parts/states.tsx'
import { StudentHome } from './student.tsx'

/** The first page: of somebody without a post what they may take part in, of the others their unit's dashboard. */
export const HomePage = () => {
  const { data: signedIn } = useQuery(session)
  if (!signedIn) return <Loading />
  return signedIn.posts.length > 0 || signedIn.operator ? <Navigate to="/dashboards" replace /> : <StudentHome person={signedIn.person} />
}
