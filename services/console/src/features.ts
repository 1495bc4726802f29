import { activities } from './pages/activities/routes.tsx'
import { appointments } from './pages/appointments/routes.tsx'
import { assessments } from './pages/assessments/routes.tsx'
import { dashboards } from './pages/dashboards/routes.tsx'
import { secretary } from './pages/desk/routes.tsx'
import { directory } from './pages/directory/routes.tsx'
import { documents } from './pages/documents/routes.tsx'
import { duties } from './pages/duties/routes.tsx'
import { guidance } from './pages/guidance/routes.tsx'
import { home } from './pages/home/routes.tsx'
import { imports } from './pages/import/routes.tsx'
import { meetings } from './pages/meetings/routes.tsx'
import { operations } from './pages/operations/routes.tsx'
import { organization } from './pages/organization/routes.tsx'
import { policies } from './pages/policies/routes.tsx'
import { privacy } from './pages/privacy/routes.tsx'
import { proofs } from './pages/proofs/routes.tsx'
import { settings } from './pages/settings/routes.tsx'
import { surveys } from './pages/surveys/routes.tsx'
import { trail } from './pages/trail/routes.tsx'
import { volunteers } from './pages/volunteers/routes.tsx'

/** Every feature of the console: to add one, its folder in pages/ and its name here. The navigation follows this order within its groups. */
export const features = [
  home,
  surveys,
  activities,
  volunteers,
  meetings,
  duties,
  documents,
  secretary,
  assessments,
  dashboards,
  organization,
  directory,
  appointments,
  guidance,
  policies,
  trail,
  proofs,
  privacy,
  imports,
  operations,
  settings,
] as const
