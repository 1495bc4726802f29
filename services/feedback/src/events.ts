import { type EventOf, event } from '@collegium/shared/aggregate.ts'
import { erasureAppliedBy } from '@collegium/shared/erasure/facts.ts'
import { Id, Instant, Label, OneOf, Text } from '@collegium/shared/schema.ts'
import Type from 'typebox'

// Facts, stored for ever: a published one is never edited; a change is a new `.vN`.

/** What was asked about: an aggregate of some service, or a unit of the organization (membership, unit, its id). */
const Subject = Type.Object({ service: Id, kind: Id, id: Id })

export const surveyOpened = event(
  'feedback.survey-opened.v1',
  Type.Object({
    survey: Id,
    subject: Subject,
    title: Label,
    questions: Type.Array(Type.Object({ id: Id, text: Label }), { description: 'Each is answered from 1 (not at all) to 5 (fully).' }),
    eligible: OneOf('attended', 'everyone'),
    closesAt: Instant,
    minAnswers: Type.Integer({ minimum: 1, description: 'Results with fewer answers are not shown.' }),
  }),
)
export const surveyClosed = event('feedback.survey-closed.v1', Type.Object({ survey: Id }))

/** The roll: that somebody answered, and nothing of what. */
export const surveyAnswered = event('feedback.survey-answered.v1', Type.Object({ survey: Id, person: Id }))

/** What was answered, and nothing of who: recorded by the system, its time cut to the hour. */
export const answerGiven = event(
  'feedback.answer-given.v1',
  Type.Object({
    survey: Id,
    subject: Subject,
    scores: Type.Record(Type.String(), Type.Integer({ minimum: 1, maximum: 5 })),
    comment: Type.Union([Text, Type.Null()]),
  }),
)

export type SurveyEvent = EventOf<typeof surveyOpened> | EventOf<typeof surveyClosed>
export type RollEvent = EventOf<typeof surveyAnswered>
export type AnswerEvent = EventOf<typeof answerGiven>

/** What was personal about somebody is gone from here. */
export const erasureApplied = erasureAppliedBy('feedback')
