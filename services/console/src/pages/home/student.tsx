import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { me } from '../../api/session.ts'
import { PageTitle } from '../../parts/page.tsx'
import { OpenActivities } from './open-activities.tsx'
import { OpenSurveys } from './open-surveys.tsx'
import { Owed } from './owed.tsx'
import { OwnRegistrations } from './own-registrations.tsx'
import { Volunteering } from './volunteering.tsx'
import './home.css'

/** What a student comes for: what is on, where I am expected, what I owe and what is owed to me. */
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
      {person !== null && <Owed person={person} />}
      {person !== null && <Volunteering person={person} />}
    </>
  )
}
