import { type EventOf, event } from '@collegium/shared/aggregate.ts'
import { erasureAppliedBy } from '@collegium/shared/erasure/facts.ts'
import { Id, Instant, Label, Line, OneOf } from '@collegium/shared/schema.ts'
import Type from 'typebox'

// Facts, stored for ever: a published one is never edited; a change is a new `.vN`.

const Source = OneOf('attendance', 'duties', 'satisfaction', 'thrift', 'hours')
const SubjectKind = OneOf('activity', 'person')
const Revision = Type.Integer({ minimum: 1 })

export const schemeDrafted = event(
  'assessment.scheme-drafted.v1',
  Type.Object({
    scheme: Id,
    name: Label,
    subject: SubjectKind,
    criteria: Type.Array(
      Type.Object({
        id: Id,
        name: Label,
        source: Source,
        weight: Type.Integer({ minimum: 1, maximum: 100 }),
        scale: Type.Object({ from: Type.Number(), to: Type.Number() }, { description: 'The value that earns nothing, and the one that earns all.' }),
      }),
    ),
    revision: Revision,
  }),
)
export const schemeAdopted = event('assessment.scheme-adopted.v1', Type.Object({ scheme: Id, revision: Revision }))

export const assessmentOpened = event(
  'assessment.assessment-opened.v1',
  Type.Object({ assessment: Id, subject: Type.Object({ kind: SubjectKind, id: Id }), scheme: Id, revision: Revision, from: Instant, to: Instant }),
)

/** Where a fact stands: `version` is dense per stream from 1. */
const Evidence = Type.Object({ service: Id, stream: Line, version: Type.Integer({ minimum: 1 }) })

/** `round` 1 is the first score; a later round replaces it, and `previous` is what it replaced. */
export const assessmentScored = event(
  'assessment.assessment-scored.v1',
  Type.Object({
    assessment: Id,
    subject: Type.Object({ kind: SubjectKind, id: Id }),
    scheme: Id,
    revision: Revision,
    round: Type.Integer({ minimum: 1 }),
    score: Type.Number({ minimum: 0, maximum: 100 }),
    previous: Type.Union([Type.Number(), Type.Null()]),
    inputs: Type.Array(
      Type.Object({
        criterion: Id,
        source: Source,
        value: Type.Number(),
        normalized: Type.Number({ minimum: 0, maximum: 1 }),
        weight: Type.Number({ description: 'Per cent of the score, after the weights of missing inputs were shared out.' }),
        points: Type.Number(),
        evidence: Type.Array(Evidence),
        facts: Type.Integer({ minimum: 0, description: 'How many facts the value rests on; evidence names at most the first 500.' }),
      }),
    ),
    missing: Type.Array(Type.Object({ criterion: Id, source: Source, weight: Type.Integer(), why: OneOf('no-records', 'no-shown-answers') })),
  }),
)

export type SchemeEvent = EventOf<typeof schemeDrafted> | EventOf<typeof schemeAdopted>
export type AssessmentEvent = EventOf<typeof assessmentOpened> | EventOf<typeof assessmentScored>

/** What was personal about somebody is gone from here. */
export const erasureApplied = erasureAppliedBy('assessment')
