import { aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { Id, Instant, OneOf } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import type { Ask } from './ask.ts'
import { type AssessmentEvent, assessmentOpened, assessmentScored } from './events.ts'
import { measure } from './measuring.ts'
import { reject } from './rejections.ts'
import type { SubjectKind } from './scheme-state.ts'
import { type Input, type Measured, type Missing, type Source, scoreOf } from './scoring.ts'

/** One subject judged by one revision of a scheme over one period. Scoring again adds a round; the earlier ones stay in history. */

type Opened = { subject: { kind: SubjectKind; id: string }; scheme: string; revision: number; from: string; to: string }
export type AssessmentState =
  | { status: 'none' }
  | ({ status: 'open' } & Opened)
  | ({ status: 'scored'; round: number; score: number; inputs: Input[]; missing: Missing[] } & Opened)

const evolve = (state: AssessmentState, event: AssessmentEvent): AssessmentState => {
  switch (event.type) {
    case 'assessment.assessment-opened.v1': {
      const { subject, scheme, revision, from, to } = event.data
      return { status: 'open', subject, scheme, revision, from, to }
    }
    case 'assessment.assessment-scored.v1': {
      if (state.status === 'none') return state
      const { round, score, inputs, missing } = event.data
      return { ...state, status: 'scored', round, score, inputs, missing }
    }
  }
}

const command = commandsOf<AssessmentState, AssessmentEvent, Ask>()
const instant = (text: string): string => new Date(text).toISOString()

/** Where a subject belongs and who answers for it; null where there is none. */
const ownerOf = async (ask: Ask, kind: SubjectKind, id: string): Promise<{ owner: string; people: readonly string[] } | null> => {
  if (kind === 'person') {
    const campus = await ask.campusOfPerson(id)
    return campus === null ? null : { owner: campus, people: [id] }
  }
  const { exists, unit, organizers } = await ask.activity(id)
  return exists ? { owner: unit, people: organizers } : null
}

export const openAssessment = command({
  route: 'POST /assessments',
  permission: 'assessments:score',
  input: Type.Object({
    unit: Id,
    subject: Type.Object({ kind: OneOf('activity', 'person'), id: Id }),
    scheme: Id,
    revision: Type.Optional(Type.Integer({ minimum: 1, description: 'The last adopted one when left out.' })),
    from: Instant,
    to: Instant,
  }),
  facts: async (ask, { input: { unit, subject, scheme } }) => {
    const found = await ask.scheme(scheme)
    const belongs = await ownerOf(ask, subject.kind, subject.id)
    // A person belongs to a campus, whose units all may assess them; an activity to the unit that proposed it, or to one above.
    const isHere = belongs !== null && (ask.covers(unit, belongs.owner) || (subject.kind === 'person' && ask.campusOfUnit(unit) === belongs.owner))
    return { scheme: found, serves: ask.covers(found.unit, unit), belongs, isHere }
  },
  decide: (state, { unit, subject, scheme, ...input }, { id, actor, facts }) => {
    if (state.status !== 'none') return []
    const { subject: kind, adopted } = facts.scheme.state
    const revision = input.revision ?? adopted.at(-1)
    const from = instant(input.from)
    const to = instant(input.to)
    if (kind !== subject.kind) throw reject('subject-mismatch', { scheme, allowed: kind, came: subject.kind })
    if (revision === undefined || !adopted.includes(revision))
      throw reject('not-adopted', { scheme, adopted: adopted.join(', ') || '—', came: revision ?? '—' })
    if (!facts.serves) throw reject('scheme-elsewhere', { scheme, owner: facts.scheme.unit, unit })
    if (from >= to) throw reject('period-order', { from, to })
    if (facts.belongs === null) throw reject('unknown-subject', { kind: subject.kind, id: subject.id })
    if (!facts.isHere) throw reject('subject-elsewhere', { id: subject.id, owner: facts.belongs.owner, unit })
    if (actor.person !== null && facts.belongs.people.includes(actor.person)) throw reject('own-case')
    return [
      {
        type: 'assessment.assessment-opened.v1',
        data: { assessment: id, subject: { kind: subject.kind, id: subject.id }, scheme, revision, from, to },
      },
    ]
  },
})

export const scoreAssessment = command({
  route: 'POST /assessments/:id/scores',
  permission: 'assessments:score',
  input: Type.Object({}),
  facts: async (ask, { state }) => {
    if (state.status === 'none') return { criteria: [], measured: {}, people: [] }
    const { subject, scheme, revision, from, to } = state
    const found = await ask.scheme(scheme)
    const criteria = found.state.revisions[revision] ?? []
    const belongs = await ownerOf(ask, subject.kind, subject.id)
    const measured: Partial<Record<Source, Measured>> = {}
    // A unit's duties stand for those of its activity.
    const about = { ...subject, unit: belongs?.owner ?? found.unit, from, to }
    for (const source of new Set(criteria.map((each) => each.source))) measured[source] = await measure(ask, source, about)
    return { criteria, measured, people: belongs?.people ?? [] }
  },
  decide: (state, _input, { id, actor, facts: { criteria, measured, people } }) => {
    if (state.status === 'none') throw reject('unknown-subject', { kind: 'assessment', id })
    if (actor.person !== null && (people.includes(actor.person) || state.subject.id === actor.person)) throw reject('own-case')
    const result = scoreOf(criteria, measured)
    if (result === null) throw reject('nothing-to-score', { missing: criteria.map((each) => each.id).join(', ') })
    const before = state.status === 'scored' ? state : null
    if (before && JSON.stringify([before.inputs, before.missing]) === JSON.stringify([result.inputs, result.missing])) return []
    const { subject, scheme, revision } = state
    return [
      {
        type: 'assessment.assessment-scored.v1',
        data: { assessment: id, subject, scheme, revision, round: (before?.round ?? 0) + 1, previous: before?.score ?? null, ...result },
      },
    ]
  },
})

export const assessment = aggregate<AssessmentState, AssessmentEvent>({
  name: 'assessment',
  path: '/assessments',
  read: 'assessments:read',
  own: (state) => (state.status !== 'none' && state.subject.kind === 'person' ? [state.subject.id] : []),
  events: [assessmentOpened, assessmentScored],
  initial: () => ({ status: 'none' }),
  evolve,
  commands: { openAssessment, scoreAssessment },
})
