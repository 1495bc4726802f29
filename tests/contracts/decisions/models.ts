import { foretelling } from './foretold.ts'
import { atMostOnce, countsUp, ends, notBy, onceEach, overlap, type Rule, said, seats } from './rules.ts'
import type { Step } from './walk.ts'

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
const first = (steps: readonly Step[], name: string): any => said(steps, name)[0]?.data
const before = (steps: readonly Step[], index: number, ...names: string[]) => said(steps, ...names).filter((each) => each.index < index)

/** The rules of each aggregate, by its name. An aggregate without any is a defect of this file. */
export const models: Readonly<Record<string, readonly Rule[]>> = {
  // activities
  activity: [
    atMostOnce('activity-proposed', 'activity-approved', 'activity-held', 'activity-closed', 'activity-cancelled', 'activity-rejected'),
    ends(['activity-closed', 'activity-cancelled', 'activity-rejected']),
    onceEach('spending-recorded', ({ receipt }) => receipt),
    notBy('activity-approved', (steps) => [first(steps, 'activity-proposed').proposer, ...first(steps, 'activity-proposed').organizers]),
    (steps) => {
      for (const { index } of said(steps, 'spending-recorded')) {
        const budget = before(steps, index, 'activity-proposed', 'budget-raised').at(-1)?.data.budget
        if (sum(before(steps, index + 1, 'spending-recorded').map(({ data }) => data.amount)) > budget) return 'more is spent than there is'
      }
      const closed = first(steps, 'activity-closed')
      return closed && closed.spent !== sum(said(steps, 'spending-recorded').map(({ data }) => data.amount)) ? 'the closing does not add up' : null
    },
  ],
  enrolment: [seats('registered', 'waitlisted', 'promoted', ['registration-cancelled', 'waitlist-left'], ({ facts }) => facts.activity.registration.capacity)],
  attendance: [atMostOnce('*')],
  'door-key': [atMostOnce('*')],
  meeting: [
    atMostOnce('meeting-called', 'meeting-opened', 'meeting-closed', 'minutes-approved', 'minutes-filed'),
    ends(['minutes-filed']),
    onceEach('signed-in', ({ person }) => person),
    onceEach('resolution-adopted', ({ resolution }) => resolution),
    (steps) => {
      const [called, closed] = [first(steps, 'meeting-called'), first(steps, 'meeting-closed')]
      if (!closed) return null
      const told = [...closed.present, ...closed.excused, ...closed.absent]
      return told.length === called.invited.length && told.every((person) => called.invited.includes(person)) ? null : 'not everybody invited is told of, once'
    },
    notBy('leave-granted', (_steps, { person }) => [person]),
  ],
  duty: [
    atMostOnce('duty-assigned', 'duty-fulfilled', 'duty-reminded', 'duty-escalated'),
    ends(['duty-fulfilled']),
    (steps) =>
      said(steps, 'duty-fulfilled').some(({ data, step }) => data.by === 'supervisor' && data.owner === step.actor.person) ? 'confirmed by the owner' : null,
  ],
  // documents
  document: [
    atMostOnce('document-drafted', 'document-approved', 'document-filed'),
    ends(['document-filed']),
    (steps) => {
      const approved = said(steps, 'document-approved')[0]
      const submitted = approved && before(steps, approved.index, 'document-submitted').at(-1)
      if (!approved || !submitted) return null
      const by = before(steps, approved.index, 'document-approved-by').filter(({ index }) => index > submitted.index)
      const author = first(steps, 'document-drafted').author
      if (submitted.data.approvers.includes(author)) return 'the author approves'
      return by
        .map(({ data }) => data.person)
        .sort()
        .join() === [...submitted.data.approvers].sort().join()
        ? null
        : 'approved, and not by everybody asked'
    },
  ],
  register: [
    countsUp('number-assigned', ({ number }) => number),
    onceEach('number-assigned', ({ document }) => document),
    onceEach('number-voided', ({ number }) => number),
    (steps) =>
      said(steps, 'number-voided').some(({ data, index }) => !before(steps, index, 'number-assigned').some((each) => each.data.number === data.number))
        ? 'void before it was given'
        : null,
  ],
  // feedback
  survey: [foretelling.survey as Rule, atMostOnce('survey-opened', 'survey-closed'), ends(['survey-closed'])],
  roll: [
    atMostOnce('survey-answered'),
    (steps) => (said(steps, 'survey-answered').some(({ data, step }) => data.person !== step.actor.person) ? 'answered for another' : null),
  ],
  answer: [
    atMostOnce('answer-given'),
    (steps) => (said(steps, 'answer-given').some(({ data }) => Object.keys(data.scores).join() !== 'p-1,p-2') ? 'not each question, in order' : null),
  ],
  // assessment
  scheme: [
    onceEach('scheme-adopted', ({ revision }) => revision),
    (steps) =>
      said(steps, 'scheme-drafted').some(({ data }) => sum(data.criteria.map((each: { weight: number }) => each.weight)) !== 100)
        ? 'weights that are not 100'
        : null,
    (steps) => {
      for (const { data, index } of said(steps, 'scheme-drafted')) {
        const adopted = before(steps, index, 'scheme-adopted').map((each) => each.data.revision)
        if (data.revision !== Math.max(0, ...adopted) + 1) return `revision ${data.revision} after ${adopted.join(', ') || 'none'} adopted`
      }
      return null
    },
  ],
  assessment: [
    atMostOnce('assessment-opened'),
    countsUp('assessment-scored', ({ round }) => round),
    (steps) => {
      let last: number | null = null
      for (const { data, step } of said(steps, 'assessment-scored')) {
        if (data.previous !== last) return 'the score before is another'
        last = data.score
        if (Math.abs(sum(data.inputs.map((each: { points: number }) => each.points)) - data.score) > 0.01) return 'inputs do not add up to the score'
        if (Math.abs(sum(data.inputs.map((each: { weight: number }) => each.weight)) - 100) > 0.01) return 'weights do not add up'
        if (data.inputs.length + data.missing.length !== step.facts.criteria.length) return 'a criterion is left out'
        if (step.facts.people.includes(step.actor.person)) return 'scored in the own case'
      }
      return null
    },
  ],
  // membership
  unit: [atMostOnce('unit-created', 'unit-merged', 'unit-dissolved'), ends(['unit-merged', 'unit-dissolved'])],
  'post-kind': [(steps) => repeats(steps, 'post-kind-defined')],
  policy: [
    countsUp('policy-set', ({ version }) => version),
    (steps) => {
      const set = said(steps, 'policy-set').map(({ data }) => data)
      if (set.some((each, index) => index > 0 && each.from < set[index - 1].from)) return 'a version begins before the one before'
      return new Set(set.map((each) => `${typeof each.value} ${each.tighter}`)).size > 1 ? 'another type, or another direction' : null
    },
  ],
  term: [(steps) => (said(steps, 'term-defined').some(({ data }) => data.to < data.from) ? 'ends before it begins' : repeats(steps, 'term-defined'))],
  person: [foretelling.person as Rule, atMostOnce('person-registered')],
  'people-export': [
    foretelling['people-export'] as Rule,
    atMostOnce('people-export-ordered', 'people-export-finished', 'people-export-taken'),
    ends(['people-export-finished'], 'people-export-taken'),
    ends(['people-export-taken']),
  ],
  appointment: [
    atMostOnce('appointment-proposed', 'appointment-recommended', 'notice-opened', 'post-taken', 'post-left', 'appointment-withdrawn'),
    ends(['post-left', 'appointment-withdrawn']),
    onceEach('objection-settled', ({ objection }) => objection),
    ...['appointment-recommended', 'notice-opened', 'objection-filed', 'objection-settled'].map((name) =>
      notBy(name, (steps) => [first(steps, 'appointment-proposed')?.person]),
    ),
    (steps) => {
      const taken = said(steps, 'post-taken')[0]
      if (!taken || taken.step.command === 'enterOffice') return null
      const open = before(steps, taken.index, 'objection-filed').length - before(steps, taken.index, 'objection-settled').length
      const notice = before(steps, taken.index, 'notice-opened').at(-1)
      if (open > 0) return 'taken beside an open objection'
      return !notice || taken.step.now < notice.data.until ? 'taken before the notice was over' : null
    },
  ],
  erasure: [
    atMostOnce('person-erased', 'erasure-completed'),
    ends(['person-erased'], 'erasure-acknowledged', 'erasure-completed', 'erasure-overdue'),
    onceEach('erasure-acknowledged', ({ service }) => service),
    (steps) => {
      const erased = said(steps, 'person-erased')[0]
      if (!erased) return null
      const request = before(steps, erased.index, 'erasure-requested').at(-1)
      const by = before(steps, erased.index, 'erasure-approved').filter(({ index }) => index > (request?.index ?? 0))
      const people = new Set(by.map(({ data }) => data.by))
      if (people.size < 2) return 'fewer than two people decided'
      if (people.has(request?.data.by)) return 'who asked has approved'
      const held = before(steps, erased.index, 'erasure-held').at(-1)?.index ?? 0
      return erased.step.facts.holds.length > 0 || (held > 0 && said(steps, 'erasure-approved').every(({ index }) => index < held))
        ? 'erased though it was held'
        : null
    },
  ],
  import: [
    atMostOnce('import-started', 'import-finished'),
    ends(['import-finished']),
    onceEach('import-advanced', ({ section, done }) => [section, done]),
    (steps) => {
      const advanced = said(steps, 'import-advanced').map(({ data }) => data)
      return advanced.some((each, index) => advanced.slice(0, index).some((earlier) => earlier.section === each.section && earlier.done > each.done))
        ? 'it goes back'
        : null
    },
  ],
  // notifications, volunteers, audit
  inbox: [onceEach('notice-read', ({ person, notice }) => [person, notice])],
  shift: [foretelling.shift as Rule, atMostOnce('shift-opened', 'shift-closed'), ends(['shift-closed'])],
  roster: [seats('signed-up', 'put-on-waitlist', 'moved-up', ['sign-up-withdrawn'], ({ facts }) => facts.shift.seats)],
  stint: [
    atMostOnce('hours-confirmed', 'volunteer-checked-in'),
    ends(['hours-confirmed']),
    (steps) => {
      for (const { data, step, index } of said(steps, 'hours-confirmed')) {
        if (step.facts.near.some((other: { from: string; to: string }) => overlap(other, data))) return 'hours count twice for one time'
        if (data.person === step.actor.person) return 'confirmed by oneself'
        const served = before(steps, index, 'hours-entered', 'volunteer-checked-out').at(-1)
        if (served && data.minutes > served.data.minutes) return 'more than was served'
        if (served?.step.command === 'enterHours' && served.step.actor.person === step.actor.person) return 'entered and confirmed by one'
      }
      return null
    },
  ],
  'stopped-source': [(steps) => (said(steps, '*').length === steps.length ? null : 'it went on and nobody wrote it down')],
  heartbeat: [
    (steps) => {
      const hours = said(steps, 'heartbeat').map(({ data }) => data.hour)
      return hours.every((hour, index) => index === 0 || hour > hours[index - 1]) ? null : 'an hour twice, or one before another'
    },
  ],
}

/** A fact that says what the one before it said. */
const repeats = (steps: readonly Step[], name: string): string | null => {
  const texts = said(steps, name).map(({ data }) => JSON.stringify({ ...data, unit: '', kind: '', term: '' }))
  return texts.some((text, index) => index > 0 && text === texts[index - 1]) ? `${name} repeats itself` : null
}
