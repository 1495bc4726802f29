import { checkedIn, checkedInWithProof } from '@collegium/activities/events'
import { idOf } from '@collegium/shared/aggregate.ts'
import { add, patch, put, view, when } from '@collegium/shared/view.ts'
import * as facts from '../events.ts'

/** Every survey, who may answer and has, and what was answered: counted by question, so that results cost the same for ten and ten thousand. */
export const surveys = view({
  name: 'surveys',
  version: 1,
  tables: {
    survey: {
      columns: {
        id: 'text',
        unit: 'text',
        subject_service: 'text',
        subject_kind: 'text',
        subject_id: 'text',
        title: 'jsonb',
        questions: 'jsonb',
        eligible: 'text',
        status: 'text',
        opened_at: 'text',
        closes_at: 'text',
        min_answers: 'int',
      },
      key: ['id'],
      indexes: ['(opened_at, id)', '(subject_id)', '(unit)'],
    },
    answered: { columns: { survey: 'text', person: 'text' }, key: ['person', 'survey'] },
    attended: { columns: { activity: 'text', person: 'text' }, key: ['person', 'activity'] },
    answer: { columns: { id: 'text', survey: 'text', comment: 'text' }, key: ['id'], indexes: ['(survey)'] },
    tally: {
      columns: { survey: 'text', question: 'text', answers: 'bigint', sum: 'bigint', s1: 'bigint', s2: 'bigint', s3: 'bigint', s4: 'bigint', s5: 'bigint' },
      key: ['survey', 'question'],
    },
  },
  on: [
    when(facts.surveyOpened, ({ data, unit, occurred }) => [
      put('survey', {
        id: data.survey,
        unit,
        subject_service: data.subject.service,
        subject_kind: data.subject.kind,
        subject_id: data.subject.id,
        title: data.title,
        questions: data.questions,
        eligible: data.eligible,
        status: 'open',
        opened_at: occurred,
        closes_at: data.closesAt,
        min_answers: data.minAnswers,
      }),
    ]),
    when(facts.surveyClosed, ({ data }) => [patch('survey', { id: data.survey }, { status: 'closed' })]),
    when(facts.surveyAnswered, ({ data }) => [put('answered', { person: data.person, survey: data.survey })]),
    when(facts.answerGiven, (event) => [
      put('answer', { id: idOf(event), survey: event.data.survey, comment: event.data.comment }),
      ...Object.entries(event.data.scores).map(([question, score]) =>
        add('tally', { survey: event.data.survey, question }, { answers: 1, sum: score, [`s${score}`]: 1 }),
      ),
    ]),
    ...[checkedIn, checkedInWithProof].map((each) => when(each, ({ data }) => [put('attended', { person: data.person, activity: data.activity })])),
  ],
})
