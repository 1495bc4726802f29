import { aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { Id, Text } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import type { Ask, Question } from './ask.ts'
import { type AnswerEvent, answerGiven } from './events.ts'
import { reject } from './rejections.ts'

/** One answer, without its person: a stream of its own under an id that looks random and is. */

export type AnswerState = { status: 'none' } | { status: 'given'; scores: Record<string, number>; comment: string | null }

/** From 1 (not at all) to 5 (fully), by question. */
export const Scores = Type.Record(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$' }), Type.Integer({ minimum: 1, maximum: 5 }), {
  additionalProperties: false,
})
export const Comment = Type.Union([Text, Type.Null()])

/** Throws unless each question has a score and nothing else has one. */
export const checkScores = (questions: readonly Question[], scores: Readonly<Record<string, number>>): void => {
  const allowed = questions.map(({ id }) => id).sort()
  const came = Object.keys(scores).sort()
  if (allowed.join() !== came.join()) throw reject('wrong-questions', { allowed: allowed.join(', '), came: came.join(', ') || '—' })
}

const command = commandsOf<AnswerState, AnswerEvent, Ask>()

export const recordAnswer = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ survey: Id, scores: Scores, comment: Comment }),
  facts: async (ask, { input }) => ask.survey(input.survey),
  decide: (state, { survey, scores, comment }, { facts: { subject, questions } }) => {
    if (state.status === 'given') return []
    checkScores(questions, scores)
    return [
      {
        type: 'feedback.answer-given.v1',
        data: {
          survey,
          subject: { service: subject.service, kind: subject.kind, id: subject.id },
          // In the order of the questions, so that the order of the keys tells nothing of the client.
          scores: Object.fromEntries(questions.map(({ id }) => [id, scores[id] as number])),
          comment,
        },
      },
    ]
  },
})

export const answer = aggregate<AnswerState, AnswerEvent>({
  name: 'answer',
  path: '/answers',
  read: 'surveys:evidence',
  events: [answerGiven],
  initial: () => ({ status: 'none' }),
  evolve: (_state, { data: { scores, comment } }) => ({ status: 'given', scores, comment }),
  unit: async (ask: Ask, { survey }: { survey: string }) => (await ask.survey(survey)).unit,
  commands: { recordAnswer },
})
