import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { me } from '../../api/session.ts'
import { readWords } from '../../i18n/i18n.ts'
import { PageTitle } from '../../parts/page.tsx'
import { OpenActivities } from './open-activities.tsx'
import { OpenSurveys } from './open-surveys.tsx'
import { OwnRegistrations } from './own-registrations.tsx'
import { Volunteering } from './volunteering.tsx'
import './home.css'

/** What an officer's own page has of it, for what a student asked too: leave from a meeting, an objection. */
const Asked = lazy(async () => {
  const [module] = await Promise.all([import('../mine/asked.tsx'), readWords('mine'), readWords('duties')])
  return { default: module.AskedByMe }
})

/** What a student comes for: what is on, where I am expected, what I owe, what I am owed. */
export const StudentHome = ({ person }: { person: string | null }) => {
  const { t } = useTranslation()
  const { data: known } = useQuery(me)
  const name = known?.person?.name
  return (
    <>
      <PageTitle title={name ? t('home.hello', { name }) : t('home.title')} />
      <OpenSurveys />
      <OwnRegistrations person={person} />
      <OpenActivities />
      {person !== null && <Volunteering person={person} />}
      <Suspense>
        <Asked onlyWhereSome />
      </Suspense>
    </>
  )
}
