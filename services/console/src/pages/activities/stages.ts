import type { Answer } from '../../api/read.ts'

export type Activity = Answer<'/activities/{id}/overview'>

/** The way of an activity from its proposal to its summary. */
export const way = ['proposed', 'pre-reviewed', 'approved', 'announced', 'registering', 'held', 'closed', 'summary'] as const
export type Stage = (typeof way)[number]

/** The columns of the board: what goes on, in its order, and then what ended early. */
export const columns = ['proposed', 'pre-reviewed', 'approved', 'announced', 'registering', 'held', 'closed', 'rejected', 'cancelled'] as const

/** The stages of this activity: a minor one needs no pre-review. */
export const stagesOf = ({ major }: Pick<Activity, 'major'>): readonly Stage[] => way.filter((stage) => stage !== 'pre-reviewed' || major)

/** The last stage that it has reached. One that ended early stands where it is known to have come to: its proposal, or its approval. */
export const reached = ({ status, summary, major }: Activity): Stage => {
  if (status === 'rejected' || status === 'cancelled') return major ? 'pre-reviewed' : 'approved'
  if (status === 'closed' && summary?.status === 'fulfilled') return 'summary'
  return way.find((stage) => stage === status) ?? 'proposed'
}

/** What must be held to do the next step, and null where nothing is left to do. */
export const nextPermission = ({ status, major, summary }: Activity): string | null => {
  switch (status) {
    case 'proposed':
      return major ? 'activities:pre-review' : 'activities:approve'
    case 'pre-reviewed':
      return 'activities:approve'
    case 'approved':
    case 'announced':
    case 'registering':
    case 'held':
      return 'activities:run'
    case 'closed':
      return summary !== null && summary.status !== 'fulfilled' ? 'duties:work' : null
    default:
      return null
  }
}
