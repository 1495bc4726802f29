import { aggregate, type Context, commandsOf } from '@collegium/shared/aggregate.ts'
import { Id, Label } from '@collegium/shared/schema.ts'
import Type from 'typebox'
import type { Ask, Question, Subject } from './ask.ts'
import { type SurveyEvent, surveyClosed, surveyOpened } from './events.ts'
import { reject } from './rejections.ts'

/** What is asked, of whom, and until when. Who answered stands in rolls, what was answered in answers; nothing leads from one to the other. */

export type SurveyState =
  | { status: 'none' }
  | {
      status: 'open' | 'closed'
      subject: Subject
      title: { en: string; zh: string }
      questions: readonly Question[]
      eligible: 'attended' | 'everyone'
      closesAt: string
      minAnswers: number
    }

const evolve = (state: SurveyState, event: SurveyEvent): SurveyState => {
  switch (event.type) {
    case 'feedback.survey-opened.v1': {
      const { survey: _id, ...asked } = event.data
      return { status: 'open', ...asked }
    }
    case 'feedback.survey-closed.v1':
      return state.status === 'none' ? state : { ...state, status: 'closed' }
  }
}

/** What everyone is asked about an activity, unless other questions are given. */
export const satisfaction: readonly Question[] = [
  { id: 'overall', text: { en: 'How satisfied are you, all in all?', zh: '总体而言，您满意吗？' } },
  { id: 'content', text: { en: 'Was the content worth your time?', zh: '活动内容值得您花时间吗？' } },
  { id: 'organisation', text: { en: 'Was it well organised?', zh: '活动组织得好吗？' } },
]

const command = commandsOf<SurveyState, SurveyEvent, Ask>()

export const openSurvey = command({
  route: 'POST /surveys',
  permission: 'surveys:open',
  input: Type.Object({
    unit: Id,
    subject: Type.Object({ service: Id, kind: Id, id: Id }),
    title: Label,
    questions: Type.Optional(Type.Array(Type.Object({ id: Id, text: Label }), { minItems: 1, maxItems: 20 })),
  }),
  facts: async (ask, { input }) => (isActivity(input.subject) ? await ask.activityStatus(input.subject.id) : null),
  decide: (state, { subject, title, questions }, context) => {
    if (state.status !== 'none') return []
    if (context.facts !== null && context.facts !== 'held' && context.facts !== 'closed')
      throw reject('activity-not-held', { activity: subject.id, status: context.facts })
    return [opened(subject, title, questions ?? satisfaction, context)]
  },
})

/** The way of the reaction: whoever attended is asked as soon as an activity was held. */
export const openForActivity = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ unit: Id, activity: Id, title: Label }),
  decide: (state, { activity, title }, context) =>
    state.status === 'none' ? [opened({ service: 'activities', kind: 'activity', id: activity }, title, satisfaction, context)] : [],
})

export const closeSurvey = command({
  route: 'POST /surveys/:id/closure',
  permission: 'surveys:open',
  input: Type.Object({}),
  decide: (state, _input, { id }) => (state.status === 'open' ? [{ type: 'feedback.survey-closed.v1', data: { survey: id } }] : []),
})

const isActivity = (subject: Subject): boolean => subject.service === 'activities' && subject.kind === 'activity'

/** The promise made to those who answer is kept with the survey: a policy that changes later does not uncover them. */
const opened = (
  { service, kind, id }: Subject,
  title: { en: string; zh: string },
  questions: readonly Question[],
  { id: survey, now, policy }: Pick<Context, 'id' | 'now' | 'policy'>,
): SurveyEvent => {
  const ids = questions.map((question) => question.id)
  if (new Set(ids).size < ids.length) throw reject('same-question-twice', { ids: ids.join(', ') })
  return {
    type: 'feedback.survey-opened.v1',
    data: {
      survey,
      subject: { service, kind, id },
      title: { en: title.en, zh: title.zh },
      questions: questions.map(({ id, text }) => ({ id, text: { en: text.en, zh: text.zh } })),
      eligible: isActivity({ service, kind, id }) ? 'attended' : 'everyone',
      closesAt: new Date(Date.parse(now) + policy('survey.open-days') * 86_400_000).toISOString(),
      minAnswers: policy('survey.min-answers'),
    },
  }
}

export const survey = aggregate<SurveyState, SurveyEvent>({
  name: 'survey',
  path: '/surveys',
  read: 'surveys:read',
  events: [surveyOpened, surveyClosed],
  initial: () => ({ status: 'none' }),
  evolve,
  commands: { openSurvey, openForActivity, closeSurvey },
})
