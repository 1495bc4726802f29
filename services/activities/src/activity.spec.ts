import { anOfficer, given } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import { activity } from './activity.ts'
import type { ActivityEvent } from './activity-state.ts'

const as = (person: string) => ({ actor: { ...anOfficer, person } })
const proposal = {
  title: { en: 'Reading festival', zh: '读书节' },
  theme: '阅读',
  plan: '三天展览',
  risks: '人群',
  budget: 100_000,
  major: false,
  venue: '图书馆',
  startsAt: '2026-10-23T08:00:00.000Z',
  endsAt: '2026-10-23T12:00:00.000Z',
  capacity: 2,
  openTo: 'union' as const,
  walkIns: false,
  kind: 'festival',
  organizers: ['p-organizer'],
}
const id = { activity: 'a-1' }
const proposed: ActivityEvent = { type: 'activities.activity-proposed.v1', data: { ...id, ...proposal, proposer: 'p-proposer' } }
const proposedMajor: ActivityEvent = { type: 'activities.activity-proposed.v1', data: { ...id, ...proposal, major: true, proposer: 'p-proposer' } }
const preReviewed: ActivityEvent = { type: 'activities.activity-pre-reviewed.v1', data: { ...id, passed: true, ground: null } }
const approved: ActivityEvent = { type: 'activities.activity-approved.v1', data: id }
const announced: ActivityEvent = { type: 'activities.activity-announced.v1', data: id }
const until = '2026-10-22T12:00:00.000Z'
const opened: ActivityEvent = { type: 'activities.registration-opened.v1', data: { ...id, capacity: 2, until } }
const held: ActivityEvent = { type: 'activities.activity-held.v1', data: { ...id, title: proposal.title, attended: 7, organizers: ['p-organizer'] } }
const spent: ActivityEvent = { type: 'activities.spending-recorded.v1', data: { ...id, amount: 60_000, receipt: 'R-1' } }
const closed: ActivityEvent = { type: 'activities.activity-closed.v1', data: { ...id, spent: 60_000, budget: 100_000 } }
const cancelled: ActivityEvent = { type: 'activities.activity-cancelled.v1', data: { ...id, ground: '天气' } }
const onTheDay = { now: '2026-10-23T13:00:00.000Z', facts: { attended: 7 } }

describe('[AC-01] a proposal', () => {
  it('has a theme, a plan, risks and a budget, and remembers who made it', () => {
    expect(given(activity).when('proposeActivity', { unit: 'study', ...proposal }, as('p-proposer'))).toEqual([proposed])
  })

  it('ends after it starts', () => {
    expect(() => given(activity).when('proposeActivity', { unit: 'study', ...proposal, endsAt: proposal.startsAt })).toThrow('not after its start')
  })

  it('repeated says nothing', () => {
    expect(given(activity, [proposed]).when('proposeActivity', { unit: 'study', ...proposal })).toEqual([])
  })

  it('that is major is pre-reviewed before it is approved', () => {
    expect(() => given(activity, [proposedMajor]).when('approveActivity', {})).toThrow('needs the guidance committee')
    expect(given(activity, [proposedMajor]).when('preReviewActivity', { passed: true })).toEqual([preReviewed])
    expect(given(activity, [proposedMajor, preReviewed]).when('preReviewActivity', { passed: true })).toEqual([])
    expect(given(activity, [proposedMajor, preReviewed]).when('approveActivity', {})).toEqual([approved])
  })

  it('that is not major needs no pre-review, and no pre-review fails without a ground', () => {
    expect(() => given(activity, [proposed]).when('preReviewActivity', { passed: true })).toThrow('Only a major activity')
    expect(() => given(activity, [proposedMajor]).when('preReviewActivity', { passed: false })).toThrow('A refusal needs a ground')
    const failed = given(activity, [proposedMajor]).when('preReviewActivity', { passed: false, ground: '安全' })
    expect(given(activity, [proposedMajor, ...failed]).state).toMatchObject({ status: 'rejected', ground: '安全' })
  })

  it('is approved once, or rejected with a ground', () => {
    expect(given(activity, [proposed]).when('approveActivity', {})).toEqual([approved])
    expect(given(activity, [proposed, approved]).when('approveActivity', {})).toEqual([])
    const rejected = given(activity, [proposed]).when('rejectActivity', { ground: '重复' })
    expect(rejected).toEqual([{ type: 'activities.activity-rejected.v1', data: { ...id, ground: '重复' } }])
    expect(given(activity, [proposed, ...rejected]).when('rejectActivity', { ground: '重复' })).toEqual([])
    expect(() => given(activity, [proposed, ...rejected]).when('approveActivity', {})).toThrow('is rejected; this needs one that is proposed')
  })

  it.each(['p-proposer', 'p-organizer'])('[PL-08] %s does not decide on it', (person) => {
    expect(() => given(activity, [proposed]).when('approveActivity', {}, as(person))).toThrow('own case')
    expect(() => given(activity, [proposed]).when('rejectActivity', { ground: '不' }, as(person))).toThrow('own case')
    expect(() => given(activity, [proposedMajor]).when('preReviewActivity', { passed: true }, as(person))).toThrow('own case')
  })
})

describe('[AC-01] an approved activity', () => {
  it('is announced, and not before it is approved', () => {
    expect(given(activity, [proposed, approved]).when('announceActivity', {})).toEqual([announced])
    expect(given(activity, [proposed, approved, announced]).when('announceActivity', {})).toEqual([])
    expect(() => given(activity, [proposed]).when('announceActivity', {})).toThrow('this needs one that is approved')
  })

  it('opens for registration with the capacity proposed, or another', () => {
    const past = [proposed, approved, announced]
    expect(given(activity, past).when('openRegistration', { until })).toEqual([opened])
    expect(given(activity, [...past, opened]).when('openRegistration', { until })).toEqual([])
    expect(given(activity, [...past, opened]).when('openRegistration', { until, capacity: 50 })[0]?.data).toMatchObject({ capacity: 50 })
    expect(() => given(activity, [proposed, approved]).when('openRegistration', { until })).toThrow('this needs one that is announced, registering')
  })

  it('registration ends in the future and before the activity does', () => {
    for (const wrong of ['2026-09-30T00:00:00.000Z', '2026-10-24T00:00:00.000Z'])
      expect(() => given(activity, [proposed, approved, announced]).when('openRegistration', { until: wrong })).toThrow('Registration may end between')
  })

  it('is held after its start, with the number that came', () => {
    const past = [proposed, approved, announced, opened]
    expect(given(activity, past).when('holdActivity', {}, onTheDay)).toEqual([held])
    expect(given(activity, [...past, held]).when('holdActivity', {}, onTheDay)).toEqual([])
    expect(() => given(activity, past).when('holdActivity', {}, { facts: { attended: 0 } })).toThrow('It starts at 2026-10-23T08')
    expect(() => given(activity, [proposed]).when('holdActivity', {}, onTheDay)).toThrow('this needs one that is announced')
  })

  it('is closed after it was held, with what it cost', () => {
    const past = [proposed, approved, announced, held, spent]
    expect(given(activity, past).when('closeActivity', {})).toEqual([closed])
    expect(given(activity, [...past, closed]).when('closeActivity', {})).toEqual([])
    expect(() => given(activity, [proposed, approved, announced]).when('closeActivity', {})).toThrow('this needs one that is held')
  })

  it('may be cancelled until it was held', () => {
    expect(given(activity, [proposed, approved]).when('cancelActivity', { ground: '天气' })).toEqual([cancelled])
    expect(given(activity, [proposed, cancelled]).when('cancelActivity', { ground: '天气' })).toEqual([])
    expect(() => given(activity, [proposed, approved, announced, held]).when('cancelActivity', { ground: '天气' })).toThrow('The activity is held')
  })
})

describe('[AC-07] spending', () => {
  it('is recorded by receipt, each once', () => {
    expect(given(activity, [proposed, approved]).when('recordSpending', { amount: 60_000, receipt: 'R-1' })).toEqual([spent])
    expect(given(activity, [proposed, approved, spent]).when('recordSpending', { amount: 60_000, receipt: 'R-1' })).toEqual([])
    expect(() => given(activity, [proposed, approved, spent]).when('recordSpending', { amount: 1, receipt: 'R-1' })).toThrow('recorded already, over 60000')
  })

  it('never exceeds the budget without a decision', () => {
    const past = [proposed, approved, spent]
    expect(() => given(activity, past).when('recordSpending', { amount: 40_001, receipt: 'R-2' })).toThrow('60000 are spent; 40001 more need a decision')
    const raised = given(activity, past).when('raiseBudget', { budget: 120_000, ground: '增加展位' })
    expect(raised[0]?.data).toEqual({ ...id, budget: 120_000, previous: 100_000, ground: '增加展位' })
    expect(given(activity, [...past, ...raised]).when('recordSpending', { amount: 40_001, receipt: 'R-2' })).toHaveLength(1)
    expect(given(activity, [...past, ...raised]).when('raiseBudget', { budget: 120_000, ground: '增加展位' })).toEqual([])
  })

  it('the budget is raised by somebody else than its organizers, and only upwards', () => {
    expect(() => given(activity, [proposed, approved]).when('raiseBudget', { budget: 120_000, ground: '增' }, as('p-organizer'))).toThrow('own case')
    expect(() => given(activity, [proposed, approved]).when('raiseBudget', { budget: 90_000, ground: '减' })).toThrow('must be above it')
  })

  it('waits for the approval and ends with the closing', () => {
    for (const past of [[proposed], [proposed, approved, announced, held, closed]])
      expect(() => given(activity, past).when('recordSpending', { amount: 1, receipt: 'R-3' })).toThrow('this needs one that is approved')
  })
})
