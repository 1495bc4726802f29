import { anOfficer, given, theSystem } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import { meeting } from './meeting.ts'
import type { MeetingEvent } from './meeting-state.ts'

const as = (person: string) => ({ actor: { ...anOfficer, person } })
const id = { meeting: 'a-1' }
const what = {
  title: { en: 'Presidium', zh: '主席团会议' },
  kind: 'presidium' as const,
  at: '2026-10-01T11:00:00.000Z',
  agenda: ['工作计划'],
  chair: 'p-chair',
}
const called: MeetingEvent = { type: 'activities.meeting-called.v1', data: { ...id, ...what, invited: ['p-chair', 'p-1', 'p-2', 'p-3'] } }
const signedIn = (person: string): MeetingEvent => ({ type: 'activities.signed-in.v1', data: { ...id, person } })
const leaveAsked: MeetingEvent = { type: 'activities.leave-requested.v1', data: { ...id, person: 'p-2', reason: '考试' } }
const leaveGranted: MeetingEvent = { type: 'activities.leave-granted.v1', data: { ...id, person: 'p-2' } }
const opened: MeetingEvent = { type: 'activities.meeting-opened.v1', data: id }
const closed: MeetingEvent = {
  type: 'activities.meeting-closed.v1',
  data: { ...id, absent: ['p-3'], present: ['p-chair', 'p-1'], excused: ['p-2'] },
}
const drafted: MeetingEvent = { type: 'activities.minutes-drafted.v1', data: { ...id, text: '纪要', drafter: 'p-1' } }
const approved: MeetingEvent = { type: 'activities.minutes-approved.v1', data: { ...id, title: what.title, text: '纪要', drafter: 'p-1' } }
const filed: MeetingEvent = { type: 'activities.minutes-filed.v1', data: { ...id, document: 'minutes.a-1', number: 4, label: '学生会纪〔2026〕4号' } }

describe('[AC-03] a meeting', () => {
  it('is called with an agenda; its chair is invited too', () => {
    expect(given(meeting).when('callMeeting', { unit: 'su', ...what, invited: ['p-1', 'p-2', 'p-3'] })).toEqual([called])
    expect(given(meeting, [called]).when('callMeeting', { unit: 'su', ...what, invited: ['p-1'] })).toEqual([])
  })

  it('those invited sign in, once', () => {
    expect(given(meeting, [called]).when('signIn', {}, as('p-1'))).toEqual([signedIn('p-1')])
    expect(given(meeting, [called, signedIn('p-1')]).when('signIn', {}, as('p-1'))).toEqual([])
    expect(() => given(meeting, [called]).when('signIn', {}, as('p-9'))).toThrow('p-9 is not invited')
    expect(() => given(meeting, [called, opened, closed]).when('signIn', {}, as('p-3'))).toThrow('is closed; this needs one that is called, open')
    expect(() => given(meeting, [called]).when('signIn', {}, { actor: theSystem })).toThrow('This needs a person')
  })

  it('a list on paper is entered whole, without those who are there already', () => {
    expect(given(meeting, [called, signedIn('p-1')]).when('enterSignIns', { persons: ['p-1', 'p-3'] })).toEqual([signedIn('p-3')])
    expect(() => given(meeting, [called]).when('enterSignIns', { persons: ['p-9'] })).toThrow('p-9 is not invited')
  })

  it('leave is asked for and granted by somebody else', () => {
    expect(given(meeting, [called]).when('askLeave', { reason: '考试' }, as('p-2'))).toEqual([leaveAsked])
    expect(given(meeting, [called, leaveAsked]).when('askLeave', { reason: '考试' }, as('p-2'))).toEqual([])
    expect(given(meeting, [called, leaveAsked]).when('grantLeave', { person: 'p-2' }, as('p-chair'))).toEqual([leaveGranted])
    expect(given(meeting, [called, leaveAsked, leaveGranted]).when('grantLeave', { person: 'p-2' }, as('p-chair'))).toEqual([])
    expect(() => given(meeting, [called, leaveAsked]).when('grantLeave', { person: 'p-2' }, as('p-2'))).toThrow('Nobody grants their own leave')
    expect(() => given(meeting, [called]).when('grantLeave', { person: 'p-2' }, as('p-chair'))).toThrow('p-2 has not asked for leave')
    expect(() => given(meeting, [called, signedIn('p-2')]).when('askLeave', { reason: '考试' }, as('p-2'))).toThrow('has signed in already')
  })

  it('leave that nobody granted is no excuse; it closes with present, excused and absent', () => {
    const past = [called, leaveAsked, leaveGranted, opened, signedIn('p-chair'), signedIn('p-1')]
    expect(given(meeting, past).when('closeMeeting', {})).toEqual([closed])
    expect(given(meeting, [called, leaveAsked, opened]).when('closeMeeting', {})[0]?.data).toMatchObject({
      excused: [],
      absent: ['p-chair', 'p-1', 'p-2', 'p-3'],
    })
  })

  it('opens once, closes once, and closes only after it was opened', () => {
    expect(given(meeting, [called]).when('openMeeting', {})).toEqual([opened])
    expect(given(meeting, [called, opened]).when('openMeeting', {})).toEqual([])
    expect(given(meeting, [called, opened, closed]).when('closeMeeting', {})).toEqual([])
    expect(() => given(meeting, [called]).when('closeMeeting', {})).toThrow('is called; this needs one that is open')
    expect(() => given(meeting, [called, opened, closed]).when('openMeeting', {})).toThrow('this needs one that is called')
  })
})

describe('[AC-04] a resolution', () => {
  const due = '2026-10-20T12:00:00.000Z'
  const resolution = { text: '举办读书节', duties: [{ title: '提交方案', owner: 'p-1', due }] }

  it('names duties with owners and dates', () => {
    expect(given(meeting, [called, opened]).when('adoptResolution', resolution)).toEqual([
      {
        type: 'activities.resolution-adopted.v1',
        data: {
          ...id,
          resolution: 'a-1.r1',
          text: '举办读书节',
          duties: [{ duty: 'a-1.r1.d1', title: '提交方案', owner: 'p-1', unit: null, due, fulfilledBy: null }],
        },
      },
    ])
  })

  it('is adopted once, in an open meeting, and nothing falls due in the past', () => {
    const adopted = given(meeting, [called, opened]).when('adoptResolution', resolution)
    expect(given(meeting, [called, opened, ...adopted]).when('adoptResolution', resolution)).toEqual([])
    expect(() => given(meeting, [called]).when('adoptResolution', resolution)).toThrow('this needs one that is open')
    const late = { text: '补', duties: [{ title: '补', owner: 'p-1', due: '2026-09-01T00:00:00.000Z' }] }
    expect(() => given(meeting, [called, opened]).when('adoptResolution', late)).toThrow('It would be due at 2026-09-01')
  })
})

describe('[DC-05] minutes', () => {
  const past = [called, opened, closed]

  it('are drafted after the meeting, as often as needed', () => {
    expect(given(meeting, past).when('draftMinutes', { text: '纪要' }, as('p-1'))).toEqual([drafted])
    expect(given(meeting, [...past, drafted]).when('draftMinutes', { text: '纪要' }, as('p-1'))).toEqual([])
    expect(given(meeting, [...past, drafted]).when('draftMinutes', { text: '改' }, as('p-1'))).toHaveLength(1)
    expect(() => given(meeting, [called, opened]).when('draftMinutes', { text: '纪要' })).toThrow('this needs one that is closed, minuted')
  })

  it('are approved by the chair', () => {
    expect(given(meeting, [...past, drafted]).when('approveMinutes', {}, as('p-chair'))).toEqual([approved])
    expect(given(meeting, [...past, drafted, approved]).when('approveMinutes', {}, as('p-chair'))).toEqual([])
    expect(() => given(meeting, [...past, drafted]).when('approveMinutes', {}, as('p-1'))).toThrow('approved by the chair, p-chair')
    expect(() => given(meeting, past).when('approveMinutes', {}, as('p-chair'))).toThrow('this needs one that is minuted')
    expect(() => given(meeting, [...past, drafted, approved]).when('draftMinutes', { text: '改' })).toThrow('is approved')
  })

  it('come back with their number, once', () => {
    const number = { document: 'minutes.a-1', number: 4, label: '学生会纪〔2026〕4号' }
    expect(given(meeting, [...past, drafted, approved]).when('fileMinutes', number, { actor: theSystem })).toEqual([filed])
    expect(given(meeting, [...past, drafted, approved, filed]).when('fileMinutes', number, { actor: theSystem })).toEqual([])
    expect(() => given(meeting, past).when('fileMinutes', number, { actor: theSystem })).toThrow('this needs one that is approved')
  })
})
