import type { Directory } from '@collegium/shared/directory.ts'

/** What is known of somebody who wants to take part. `college` is the college-level union of a student. */
export type Participant = { readonly person: string; readonly campus: string | null; readonly college: string | null }

/** Is an activity of this unit open to the participant? A union's activity is open to its members and to everyone with a post in it. */
export const isEligible = (directory: Directory, openTo: 'campus' | 'union' | 'federation', unit: string, who: Participant, at: string): boolean => {
  if (openTo === 'federation') return true
  const campus = directory.campusOf(unit)
  const ofCampus = campus === null || campus === who.campus
  const union = openTo === 'union' ? unionOf(directory, unit) : null
  if (union === null) return ofCampus
  if (directory.holdings(who.person, at).some((holding) => directory.covers(union.id, holding.unit))) return true
  return union.level === 'college' ? who.college === union.id : ofCampus
}

/** Must somebody's college be known to tell? */
export const needsCollege = (directory: Directory, openTo: string, unit: string): boolean => openTo === 'union' && unionOf(directory, unit)?.level === 'college'

const unionOf = (directory: Directory, unit: string) =>
  directory
    .path(unit)
    .map((id) => directory.unit(id))
    .find((each) => each?.kind === 'union') ?? null
