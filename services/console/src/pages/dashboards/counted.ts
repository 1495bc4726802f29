import type { Subject } from '../../api/dashboards.ts'

/** Where the things stand that a figure counts, and what one needs to read them. */
export type Counted = { readonly to: string; readonly search: Readonly<Record<string, string>>; readonly permission: string }

type Place = (unit: string, line: string, on: string | null) => Counted

const activitiesOf: Place = (unit, line) => ({
  to: '/activities',
  search: { look: 'list', unit, ...(line === 'cancelled' ? { status: line } : {}) },
  permission: 'activities:read',
})

const ofUnit: Readonly<Record<string, Place>> = {
  activities: activitiesOf,
  attendance: activitiesOf,
  money: activitiesOf,
  duties: (unit, line) => ({
    to: '/duties',
    search: { whose: 'unit', unit, ...(line === 'fulfilled' ? { state: 'fulfilled' } : line === 'open' ? { state: 'unfulfilled' } : {}) },
    permission: 'duties:read',
  }),
  meetings: (unit) => ({ to: '/meetings', search: { unit }, permission: 'meetings:read' }),
  satisfaction: (unit) => ({ to: '/surveys', search: { unit }, permission: 'surveys:read' }),
  volunteering: (unit) => ({ to: '/shifts', search: { unit }, permission: 'volunteers:read' }),
  assessment: (unit) => ({ to: '/assessments', search: { unit }, permission: 'assessments:read' }),
  documents: (unit) => ({ to: '/documents', search: { issuer: unit, status: 'filed' }, permission: 'documents:read' }),
  posts: (unit, _line, on) => ({ to: '/directory', search: { unit, ...(on === null ? {} : { on }) }, permission: 'directory:read' }),
}

/** The list behind a figure of a unit, or the person's own page behind one of an officer; null where there is none. */
export const countedAt = (subject: Subject, card: string, line: string, on: string | null): Counted | null => {
  if ('unit' in subject) return ofUnit[card]?.(subject.unit, line, on) ?? null
  if (card === 'assessment') return { to: '/assessments', search: { kind: 'person' }, permission: 'assessments:read' }
  return { to: `/people/${encodeURIComponent(subject.person)}`, search: {}, permission: 'directory:read' }
}
