import { type Actor, aggregate, commandsOf } from '@collegium/shared/aggregate.ts'
import { Id } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import type { Ask } from './ask.ts'
import { type RollEvent, surveyAnswered } from './events.ts'
import { reject } from './rejections.ts'

/** That a person answered a survey, and nothing of what. It belongs to the campus of the person, where students may answer. */

export type RollState = { status: 'open' | 'answered' }

const command = commandsOf<RollState, RollEvent, Ask>()

/** Run by the route of the answer (answering.ts), never mounted by itself: a roll without an answer would lose that answer. */
export const answerOnce = command({
  route: 'POST /surveys/:id/answers',
  permission: 'surveys:answer',
  input: Type.Object({ survey: Id, home: Type.Union([Id, Type.Null()]) }),
  facts: async (ask, { input, actor, now }) => {
    const survey = await ask.survey(input.survey)
    return { survey, eligible: actor.person !== null && (await isEligible(ask, survey, { ...actor, person: actor.person }, now)) }
  },
  decide: ({ status }, { survey: id }, { actor, now, facts: { survey, eligible } }) => {
    if (actor.person === null) throw reject('person-needed')
    if (status === 'answered') throw reject('already-answered', { survey: id })
    if (survey.status === 'closed' || now >= survey.closesAt) throw reject('survey-closed', { closesAt: survey.closesAt, now })
    if (!eligible) throw reject('not-eligible', { eligible: survey.eligible })
    return [{ type: 'feedback.survey-answered.v1', data: { survey: id, person: actor.person } }]
  },
})

const isEligible = async (ask: Ask, { eligible, subject, unit }: Awaited<ReturnType<Ask['survey']>>, actor: Actor & { person: string }, now: string) =>
  eligible === 'attended' ? ask.attended(subject.id, actor.person) : ask.mayAnswer(actor, unit, now)

type Given = { readonly survey: string; readonly home: string | null }

export const roll = aggregate<RollState, RollEvent>({
  name: 'roll',
  path: '/rolls',
  read: 'surveys:roll',
  events: [surveyAnswered],
  initial: () => ({ status: 'open' }),
  evolve: () => ({ status: 'answered' }),
  identify: ({ survey }: Given, actor) => `${survey}.${actor.person ?? 'nobody'}`,
  unit: async (ask: Ask, { survey, home }: Given) => home ?? (await ask.survey(survey)).unit,
  commands: {},
})
