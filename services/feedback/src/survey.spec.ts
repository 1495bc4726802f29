import { given, theSystem } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import type { SurveyEvent } from './events.ts'
import { satisfaction, survey } from './survey.ts'

const policies = { 'survey.open-days': 7, 'survey.min-answers': 5 }
const title = { en: 'Reading festival', zh: '读书节' }
const subject = { service: 'activities', kind: 'activity', id: 'act' }
const byItself = given(survey).when('openForActivity', { unit: 'study', activity: 'act', title }, { actor: theSystem, policies })
const opened = byItself as SurveyEvent[]
const code = (code: string) => expect.objectContaining({ code })

describe('a survey', () => {
  it('[FB-03] opens by itself for those who attended, with the usual questions, for the days of the policy', () => {
    expect(byItself).toEqual([
      {
        type: 'feedback.survey-opened.v1',
        data: { survey: 'a-1', subject, title, questions: satisfaction, eligible: 'attended', closesAt: '2026-10-08T12:00:00.000Z', minAnswers: 5 },
      },
    ])
  })

  it('[FB-03] is not opened twice', () => {
    expect(given(survey, opened).when('openForActivity', { unit: 'study', activity: 'act', title }, { actor: theSystem, policies })).toEqual([])
    expect(given(survey, opened).when('openSurvey', { unit: 'study', subject, title }, { facts: 'held', policies })).toEqual([])
  })

  it('[FB-03] is opened by an officer about anything, for everyone there, with own questions', () => {
    const questions = [{ id: 'food', text: { en: 'The canteen?', zh: '食堂？' } }]
    const about = { service: 'membership', kind: 'unit', id: 'pps' }
    const [event] = given(survey).when('openSurvey', { unit: 'pps', subject: about, title, questions }, { facts: null, policies })
    expect(event?.data).toMatchObject({ subject: about, questions, eligible: 'everyone' })
  })

  it('[FB-03] asks about an activity only when it was held', () => {
    for (const status of ['held', 'closed'])
      expect(given(survey).when('openSurvey', { unit: 'study', subject, title }, { facts: status, policies })).toHaveLength(1)
    expect(() => given(survey).when('openSurvey', { unit: 'study', subject, title }, { facts: 'announced', policies })).toThrow(code('activity-not-held'))
  })

  it('[FB-03] has no two questions of one id', () => {
    const twice = [satisfaction[0], satisfaction[0]]
    expect(() => given(survey).when('openSurvey', { unit: 'pps', subject, title, questions: twice }, { facts: 'held', policies })).toThrow(
      code('same-question-twice'),
    )
  })

  it('[FB-03] closes once', () => {
    const closed: SurveyEvent[] = [{ type: 'feedback.survey-closed.v1', data: { survey: 'a-1' } }]
    expect(given(survey, opened).when('closeSurvey', {})).toEqual(closed)
    expect(given(survey, [...opened, ...closed]).when('closeSurvey', {})).toEqual([])
    expect(given(survey, [...opened, ...closed]).state.status).toBe('closed')
  })
})
