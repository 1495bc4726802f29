import { activity } from '../../services/activities/src/activity.ts'
import { duty } from '../../services/activities/src/duty.ts'
import { enrolment } from '../../services/activities/src/enrolment.ts'
import { survey } from '../../services/feedback/src/survey.ts'
import { type Aggregate, fold, idOf, type Recorded } from '../../shared/src/aggregate.ts'
import type { Finding } from './finding.ts'

/** What the house itself promises, over all streams: no seat twice, no more than there are; what must follow a fact follows it once. */
export const ruleFindings = (facts: readonly Recorded[]): Finding[] => {
  const found: string[] = []
  const of = <State extends { status: string }>(service: string, aggregate: Aggregate<State, any>): Map<string, State> => {
    const mine = facts.filter((fact) => fact.service === service && fact.stream.startsWith(`${aggregate.name}-`))
    return new Map([...Map.groupBy(mine, idOf)].map(([id, each]) => [id, fold(aggregate, structuredClone(each)) as State]))
  }
  const activities = of('activities', activity)
  const enrolments = of('activities', enrolment)
  const duties = of('activities', duty)
  const surveys = [...of('feedback', survey).values()]

  for (const [id, state] of activities) {
    if (state.status === 'none') continue
    const seats = enrolments.get(id)
    const capacity = state.registration?.capacity ?? 0
    if (seats?.status === 'open') {
      const taken = Object.keys(seats.places)
      if (taken.length !== seats.taken || taken.some((person) => seats.waiting.includes(person))) found.push(`${id}: its seats do not add up`)
      if (new Set(seats.waiting).size !== seats.waiting.length) found.push(`${id}: somebody waits twice`)
      // A capacity that was lowered leaves who is seated.
      const highest = Math.max(
        capacity,
        ...facts.filter((fact) => fact.type === 'activities.registration-opened.v1' && idOf(fact) === id).map((fact) => Number(fact.data.capacity)),
      )
      if (seats.taken > highest) found.push(`${id}: ${seats.taken} have a seat, of ${highest}`)
      if (state.status === 'registering' && seats.taken < capacity && seats.waiting.length > 0) found.push(`${id}: somebody waits beside a free seat`)
    }
    if (state.spent > state.proposal.budget) found.push(`${id}: more was spent than there was`)
    const isHeld = state.status === 'held' || state.status === 'closed'
    const asked = surveys.filter((each) => each.status !== 'none' && each.subject.id === id).length
    if (asked !== (isHeld ? 1 : 0)) found.push(`${id} is ${state.status} and has ${asked} surveys`)
    if (duties.has(`summary.${id}`) !== isHeld) found.push(`${id} is ${state.status} and ${isHeld ? 'owes no' : 'owes a'} summary`)
    const heldAt = facts.find((fact) => fact.type === 'activities.activity-held.v1' && idOf(fact) === id)?.occurred
    for (const [name, each] of duties) {
      if (each.status === 'none' || each.fulfilledBy?.about !== id || each.fulfilledBy.event !== 'activities.activity-held.v1') continue
      const isOwed = heldAt === undefined || each.since > heldAt
      if ((each.status === 'open') !== isOwed) found.push(`the duty ${name} waits for ${id}, held ${heldAt ?? 'never'}, and is ${each.status}`)
    }
  }
  return found.map((what) => ({ promise: 'rules', what }))
}
