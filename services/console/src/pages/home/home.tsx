import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { Suspense } from 'react'
import { mayAnywhere } from '../../api/permissions.ts'
import { me, session } from '../../api/session.ts'
import { pageOf } from '../../frame/feature.ts'
import { readWords } from '../../i18n/i18n.ts'
import { Loading } from '../../parts/states.tsx'
import { StudentHome } from './student.tsx'

/** Whoever has one of these has something that waits for them: their first page is their own work. */
const working = [
  'activities:approve',
  'activities:propose',
  'activities:pre-review',
  'appointments:recommend',
  'appointments:decide',
  'assessments:score',
  'documents:draft',
  'duties:work',
  'duties:assign',
  'erasures:approve',
  'meetings:chair',
  'schemes:adopt',
  'volunteers:confirm',
  'volunteers:countersign',
]

/** Its cards are those of the duties, and so are their words. */
const MyPage = pageOf('mine', async () => (await Promise.all([import('../mine/mine.tsx'), readWords('duties')]))[0], 'MyPage')

/** The first page: of who holds a post what waits for them, of who only looks on the dashboards, of everybody else what they may take part in. */
export const HomePage = () => {
  const { data: signedIn } = useQuery(session)
  const { data: known } = useQuery(me)
  if (!signedIn) return <Loading />
  if (signedIn.operator) return <Navigate to="/dashboards" replace />
  if (signedIn.posts.length === 0) return <StudentHome person={signedIn.person} />
  if (!known) return <Loading />
  if (working.some((permission) => mayAnywhere(known, permission)))
    return (
      <Suspense fallback={<Loading />}>
        <MyPage />
      </Suspense>
    )
  return mayAnywhere(known, 'dashboards:read') ? <Navigate to="/dashboards" replace /> : <StudentHome person={signedIn.person} />
}
