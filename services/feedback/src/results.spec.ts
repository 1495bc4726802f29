import { describe, expect, it } from 'vitest'
import { meanOf, nothing, type SurveyResult, shareOf, together } from './results.ts'

const result = (answers: number, missing: number, sum: number): SurveyResult => ({
  survey: 's',
  unit: 'study',
  subject: { service: 'activities', kind: 'activity', id: 'act' },
  status: 'closed',
  title: {},
  questions: [],
  answers,
  missing,
  tallies: new Map([['overall', { answers, sum, counts: [0, 0, answers, 0, 0] }]]),
})

describe('results of several surveys', () => {
  it('[FB-03] add up only those that may be shown by themselves', () => {
    const { byQuestion, ...counted } = together([result(6, 0, 18), result(4, 1, 20), result(5, 0, 25)])
    expect(counted).toEqual({ answers: 11, surveys: 2, hidden: 1 })
    expect(byQuestion.get('overall')).toEqual({ answers: 11, sum: 43, counts: [0, 0, 11, 0, 0] })
  })

  it('[FB-03] say nothing where nobody answered', () => {
    expect(meanOf(nothing)).toBeNull()
    expect(shareOf(nothing)).toBe(0)
  })

  it('[FB-03] give a mean of two digits, and as a share from nothing (all 1) to all (all 5)', () => {
    expect(meanOf({ answers: 3, sum: 13, counts: [] })).toBe(4.33)
    expect(shareOf({ answers: 3, sum: 3, counts: [] })).toBe(0)
    expect(shareOf({ answers: 3, sum: 15, counts: [] })).toBe(1)
  })
})
