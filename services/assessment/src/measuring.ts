import type { Ask } from './ask.ts'
import type { SubjectKind } from './scheme-state.ts'
import type { EventRef, Measured, Source } from './scoring.ts'

/** What each source says of a subject, as one number with the facts behind it. Null = it knows nothing, which is not the same as nothing done. */

export type Case = { readonly kind: SubjectKind; readonly id: string; readonly unit: string; readonly from: string; readonly to: string }

export const measure = async (ask: Ask, source: Source, subject: Case): Promise<Measured> =>
  subject.kind === 'activity' ? ofActivity[source](ask, subject) : ofPerson[source](ask, subject)

type Measures = Readonly<Record<Source, (ask: Ask, subject: Case) => Promise<Measured>>>

const ofActivity: Measures = {
  attendance: async (ask, { id }) => {
    const { registered, attended, evidence } = await ask.activity(id)
    return registered + attended === 0 ? null : { value: attended / Math.max(registered, attended), evidence }
  },
  duties: async (ask, { unit, from, to }) => punctuality(await ask.dutiesOfUnit(unit, from, to)),
  satisfaction: (ask, { id }) => satisfactionOf(ask, [id]),
  thrift: (ask, { id }) => thriftOf(ask, [id]),
  hours: async () => null,
}

const ofPerson: Measures = {
  attendance: async (ask, { id, from, to }) => {
    const { activities, meetings, evidence } = await ask.attendance(id, from, to)
    const attended = activities.attended + meetings.attended
    // Who had leave was not expected.
    const expected = attended + activities.absent + meetings.absent
    return expected === 0 ? null : { value: attended / expected, evidence }
  },
  duties: async (ask, { id, from, to }) => punctuality(await ask.dutiesOfPerson(id, from, to)),
  satisfaction: async (ask, { id, from, to }) => satisfactionOf(ask, await ask.organized(id, from, to)),
  thrift: async (ask, { id, from, to }) => thriftOf(ask, await ask.organized(id, from, to)),
  hours: async (ask, { id, from, to }) => {
    const { minutes, evidence } = await ask.hours(id, from, to)
    return { value: minutes / 60, evidence }
  },
}

/** The share of duties done in time, of those that are done or overdue; what is not due yet says nothing. */
const punctuality = ({ onTime, fulfilled, overdue, evidence }: Awaited<ReturnType<Ask['dutiesOfPerson']>>): Measured =>
  fulfilled + overdue === 0 ? null : { value: onTime / (fulfilled + overdue), evidence }

const satisfactionOf = async (ask: Ask, activities: readonly string[]): Promise<Measured> => {
  const found = await Promise.all(inOrder(activities).map(ask.satisfaction))
  const answers = found.reduce((sum, each) => sum + each.answers, 0)
  if (answers === 0) return null
  return { value: found.reduce((sum, each) => sum + each.mean * each.answers, 0) / answers, evidence: evidenceOf(found) }
}

const thriftOf = async (ask: Ask, activities: readonly string[]): Promise<Measured> => {
  const found = (await Promise.all(inOrder(activities).map(ask.spending))).filter((each) => each.exists)
  const budget = found.reduce((sum, each) => sum + each.budget, 0)
  if (budget === 0) return null
  return { value: found.reduce((sum, each) => sum + each.spent, 0) / budget, evidence: evidenceOf(found) }
}

/** One order, so that sums of fractions come out the same each time. */
const inOrder = (ids: readonly string[]): string[] => [...new Set(ids)].sort()

const evidenceOf = (found: readonly { readonly evidence: readonly EventRef[] }[]): EventRef[] => found.flatMap((each) => each.evidence)
