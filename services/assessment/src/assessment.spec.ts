import { anOfficer, given } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import { assessment } from './assessment.ts'
import type { AssessmentEvent } from './events.ts'
import type { Criterion } from './scoring.ts'

const span = { from: '2026-09-01T00:00:00.000Z', to: '2027-01-31T00:00:00.000Z' }
const scheme = { unit: 'pps', state: { status: 'draft', subject: 'activity', latest: 3, adopted: [1, 2], revisions: {} } }
const openFacts = { scheme, serves: true, belongs: { owner: 'study', people: ['li'] }, isHere: true }
const input = { unit: 'study', subject: { kind: 'activity', id: 'act' }, scheme: 'sch', from: '2026-09-01T00:00:00Z', to: '2027-01-31T00:00:00Z' }
const subject = { kind: 'activity' as const, id: 'act' }
const opened: AssessmentEvent = {
  type: 'assessment.assessment-opened.v1',
  data: { assessment: 'a-1', subject, scheme: 'sch', revision: 2, ...span },
}
const criteria: Criterion[] = [
  { id: 'presence', name: { en: 'p', zh: '到场' }, source: 'attendance', weight: 60, scale: { from: 0, to: 1 } },
  { id: 'opinion', name: { en: 'o', zh: '评价' }, source: 'satisfaction', weight: 40, scale: { from: 0, to: 1 } },
]
const evidence = [{ service: 'activities', stream: 'activity-act', version: 7 }]
const scoring = (attendance: number, people: string[] = ['li']) => ({
  facts: { criteria, measured: { attendance: { value: attendance, evidence }, satisfaction: null }, people },
})
const code = (code: string) => expect.objectContaining({ code })

describe('opening an assessment', () => {
  it('[AS-01] takes the last adopted revision, or an earlier adopted one', () => {
    expect(given(assessment).when('openAssessment', input, { facts: openFacts })).toEqual([opened])
    expect(given(assessment).when('openAssessment', { ...input, revision: 1 }, { facts: openFacts })[0]?.data).toMatchObject({ revision: 1 })
    expect(given(assessment, [opened]).when('openAssessment', input, { facts: openFacts })).toEqual([])
  })

  it.each([
    ['not-adopted', { ...input, revision: 3 }, openFacts],
    ['not-adopted', input, { ...openFacts, scheme: { ...scheme, state: { ...scheme.state, adopted: [] } } }],
    ['subject-mismatch', { ...input, subject: { kind: 'person', id: 'li' } }, openFacts],
    ['scheme-elsewhere', input, { ...openFacts, serves: false }],
    ['period-order', { ...input, to: input.from }, openFacts],
    ['unknown-subject', input, { ...openFacts, belongs: null }],
    ['subject-elsewhere', input, { ...openFacts, isHere: false }],
    ['own-case', input, { ...openFacts, belongs: { owner: 'study', people: ['p-officer'] } }],
  ])('[AS-01] is refused: %s', (refusal, asked, facts) => {
    expect(() => given(assessment).when('openAssessment', asked, { facts })).toThrow(code(refusal))
  })
})

describe('scoring', () => {
  const first = given(assessment, [opened]).when('scoreAssessment', {}, scoring(0.8)) as AssessmentEvent[]

  it('[AS-08] carries each input with its value, share, weight, points and facts, and what was missing', () => {
    expect(first).toEqual([
      {
        type: 'assessment.assessment-scored.v1',
        data: {
          assessment: 'a-1',
          subject,
          scheme: 'sch',
          revision: 2,
          round: 1,
          previous: null,
          score: 80,
          inputs: [{ criterion: 'presence', source: 'attendance', value: 0.8, normalized: 0.8, weight: 100, points: 80, evidence, facts: 1 }],
          missing: [{ criterion: 'opinion', source: 'satisfaction', weight: 40, why: 'no-shown-answers' }],
        },
      },
    ])
  })

  it('[AS-08] gives the same score for the same inputs, and then says nothing new', () => {
    expect(given(assessment, [opened]).when('scoreAssessment', {}, scoring(0.8))).toEqual(first)
    expect(given(assessment, [opened, ...first]).when('scoreAssessment', {}, scoring(0.8))).toEqual([])
  })

  it('[AS-08] may be repeated with other inputs: a new round that names the score before', () => {
    expect(given(assessment, [opened, ...first]).when('scoreAssessment', {}, scoring(0.9))[0]?.data).toMatchObject({ round: 2, previous: 80, score: 90 })
  })

  it('[AS-08] says so where nothing is known', () => {
    const nothing = { facts: { criteria, measured: { attendance: null, satisfaction: null }, people: [] } }
    expect(() => given(assessment, [opened]).when('scoreAssessment', {}, nothing)).toThrow(code('nothing-to-score'))
  })

  it('[AS-01] is never done by the one assessed, nor by who organized it', () => {
    expect(() => given(assessment, [opened]).when('scoreAssessment', {}, scoring(0.8, ['p-officer']))).toThrow(code('own-case'))
    const own: AssessmentEvent = { ...opened, data: { ...opened.data, subject: { kind: 'person', id: anOfficer.person } } } as AssessmentEvent
    expect(() => given(assessment, [own]).when('scoreAssessment', {}, scoring(0.8, []))).toThrow(code('own-case'))
  })

  it('[AS-08] needs an assessment', () => {
    expect(() => given(assessment).when('scoreAssessment', {}, scoring(0.8))).toThrow(code('unknown-subject'))
  })

  it('[AS-08] measures only what the revision asks for', async () => {
    const asked: string[] = []
    const ask = {
      scheme: async () => ({ unit: 'pps', state: { revisions: { 1: [], 2: criteria.slice(0, 1) } } }),
      activity: async () => {
        asked.push('activity')
        return { exists: true, unit: 'study', organizers: ['li'], registered: 4, attended: 3, evidence }
      },
    }
    const command = assessment.commands.scoreAssessment
    const facts = await command?.facts?.(ask, {
      id: 'a-1',
      state: given(assessment, [opened]).state,
      input: {},
      actor: anOfficer,
      now: '2026-10-01T12:00:00.000Z',
    })
    expect(facts).toEqual({ criteria: criteria.slice(0, 1), measured: { attendance: { value: 0.75, evidence } }, people: ['li'] })
    expect(new Set(asked)).toEqual(new Set(['activity']))
  })
})
