import { parse, stringify } from 'yaml'
import { federation } from '../../journeys/scene.ts'

/** How long a public notice is in this federation: long enough to object, short enough to wait for. */
export const noticeSeconds = 20

type File = {
  policies: Record<string, unknown>
  'post-kinds': { id: string; permissions: string[] }[]
  campuses: { unions: { departments: object[] }[] }[]
  offices: { person: string }[]
}

/** The federation of the journeys with a study department that nobody heads yet, where two answers make a result. */
export const storyFederation = (): string => {
  const file = parse(federation) as File
  file.policies['public-notice.days'] = noticeSeconds / 86_400
  file.policies['survey.min-answers'] = 2
  const allow = (kind: string, ...permissions: string[]): void => {
    file['post-kinds'].find(({ id }) => id === kind)?.permissions.push(...permissions)
  }
  allow('head', 'people:read', 'volunteers:*')
  allow('secretary', 'people:read', 'activities:read')
  allow('guidance', 'registrations:read', 'volunteers:read')
  allow('auditor', 'people:read')
  // The south keeps the notice of its own: longer than the federation's.
  file.campuses[0]?.unions[0]?.departments.push({ id: 'study', name: { en: 'Study Department', zh: '学习部' }, duties: ['the study style'] })
  return stringify(file)
}
