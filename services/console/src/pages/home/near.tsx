import { useQuery } from '@tanstack/react-query'
import { session } from '../../api/session.ts'
import { Loading } from '../../parts/states.tsx'
import { StudentHome } from './student.tsx'

/** What everybody may take part in, for those whose first page is their work. */
export const NearPage = () => {
  const { data: signedIn } = useQuery(session)
  return signedIn ? <StudentHome person={signedIn.person} /> : <Loading />
}
