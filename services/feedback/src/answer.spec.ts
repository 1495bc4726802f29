import { given, theSystem } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import { answer } from './answer.ts'
import type { AnswerEvent } from './events.ts'
import { satisfaction } from './survey.ts'

const subject = { service: 'activities', kind: 'activity', id: 'act' }
const context = { actor: theSystem, facts: { subject, questions: satisfaction } }
const scores = { organisation: 3, overall: 5, content: 4 }
const input = { survey: 's', scores, comment: 'More of it.' }

describe('an answer', () => {
  it('[FB-03] holds the scores in the order of the questions and no person', () => {
    const [event] = given(answer).when('recordAnswer', input, context)
    expect(event).toEqual({ type: 'feedback.answer-given.v1', data: { survey: 's', subject, scores, comment: 'More of it.' } })
    expect(Object.keys((event as AnswerEvent).data.scores)).toEqual(['overall', 'content', 'organisation'])
    expect(JSON.stringify(event)).not.toContain('person')
  })

  it('[FB-03] is recorded once', () => {
    const past = given(answer).when('recordAnswer', input, context) as AnswerEvent[]
    expect(given(answer, past).when('recordAnswer', input, context)).toEqual([])
  })

  it.each([
    ['one too few', { overall: 5, content: 4 }],
    ['one too many', { ...scores, food: 1 }],
    ['another one', { overall: 5, content: 4, food: 1 }],
  ])('[FB-03] scores each question and nothing else: %s', (_name, came) => {
    expect(() => given(answer).when('recordAnswer', { ...input, scores: came }, context)).toThrow(expect.objectContaining({ code: 'wrong-questions' }))
  })
})
