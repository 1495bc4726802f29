import { anOfficer, given, theSystem } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import { appointment } from './appointment.ts'
import type { UnitFacts } from './ask.ts'
import type { Candidacy } from './eligibility.ts'
import type { AppointmentEvent } from './events.ts'

const unit: UnitFacts = { status: 'active', kind: 'department', level: null, parent: 'pps-su', timezone: 'Asia/Shanghai' }
const sound = { unit, kind: true, person: true }
const asked = { person: 'p-li', kind: 'officer', unit: 'pps-su-study', citation: '学生会〔2026〕12号' }
const as = (person: string) => ({ actor: { ...anOfficer, person } })
const candidate = (more: Partial<Candidacy> = {}): Candidacy => ({
  standing: 82,
  goodStanding: true,
  discipline: 0,
  postsNow: 0,
  sameNow: 0,
  sameEver: 0,
  limits: [],
  ...more,
})
const policies = { 'public-notice.days': 5, 'appointment.posts.max': 3, 'appointment.terms.max': 2, 'appointment.standing.min': 60 }

const proposed = given(appointment).when('proposeAppointment', asked, { ...as('p-head'), facts: sound })
const recommended = [...proposed, ...given(appointment, proposed).when('recommendAppointment', {}, as('p-guide'))]
const check = { actor: theSystem, facts: candidate(), policies }
const noticed = [...recommended, ...given(appointment, recommended).when('checkEligibility', {}, check)]
const noticeEnd = '2026-10-06T12:00:00.000Z'
const objected = [...noticed, ...given(appointment, noticed).when('fileObjection', { ground: 'was absent' }, as('p-student'))]
const taken = [...noticed, ...given(appointment, noticed).when('takeEffect', {}, { actor: theSystem, now: noticeEnd })]
const settle = { objection: 'objection-1', upheld: false, ground: 'looked into' }

describe('the way into a post', () => {
  it('[MB-06] goes by proposal, recommendation, eligibility, public notice and effect', () => {
    expect(taken).toEqual([
      { type: 'membership.appointment-proposed.v1', data: { ...asked, appointment: 'a-1', from: null, until: null, by: 'p-head' } },
      { type: 'membership.appointment-recommended.v1', data: { appointment: 'a-1', person: 'p-li', by: 'p-guide' } },
      { type: 'membership.appointment-found-eligible.v1', data: { appointment: 'a-1', person: 'p-li', standing: 82 } },
      { type: 'membership.notice-opened.v1', data: { appointment: 'a-1', person: 'p-li', days: 5, until: noticeEnd, effect: noticeEnd } },
      { type: 'membership.post-taken.v1', data: { ...asked, holding: 'a-1', from: noticeEnd, until: null } },
    ] satisfies AppointmentEvent[])
  })

  it('[MB-17] cites the numbered document that decided it, to the end', () => {
    expect(taken.at(-1)?.data).toMatchObject({ citation: '学生会〔2026〕12号' })
    const left = given(appointment, taken).when('removeFromPost', { reason: 'moved away', citation: '学生会〔2026〕30号' }, { now: '2026-11-01T00:00:00.000Z' })
    expect(left[0]?.data).toMatchObject({ citation: '学生会〔2026〕30号' })
  })

  it('[MB-06] nobody decides on their own case', () => {
    const own = as('p-li')
    expect(() => given(appointment).when('proposeAppointment', asked, { ...own, facts: sound })).toThrow('own case')
    expect(() => given(appointment, proposed).when('recommendAppointment', {}, own)).toThrow('own case')
    expect(() => given(appointment, recommended).when('checkEligibility', {}, { ...check, ...own })).toThrow('own case')
    expect(() => given(appointment, noticed).when('fileObjection', { ground: 'x' }, own)).toThrow('own case')
    expect(() => given(appointment, objected).when('settleObjection', settle, own)).toThrow('own case')
    expect(() => given(appointment, noticed).when('withdrawAppointment', { reason: 'x' }, own)).toThrow('own case')
    expect(() => given(appointment, taken).when('removeFromPost', { reason: 'x' }, { ...own, now: '2026-11-01T00:00:00.000Z' })).toThrow('own case')
  })

  it('[PL-08] who proposes neither recommends nor settles, who objects does not settle', () => {
    expect(() => given(appointment, proposed).when('recommendAppointment', {}, as('p-head'))).toThrow('separated')
    expect(() => given(appointment, objected).when('settleObjection', settle, as('p-head'))).toThrow('separated')
    expect(() => given(appointment, objected).when('settleObjection', settle, as('p-student'))).toThrow('separated')
    expect(given(appointment, objected).when('settleObjection', settle, as('p-guide'))).toHaveLength(1)
  })

  it('is proposed for what there is, and for a time that has an end after its beginning', () => {
    const propose = (facts: object, input: object = {}) =>
      given(appointment).when('proposeAppointment', { ...asked, ...input }, { facts: { ...sound, ...facts } })
    expect(() => propose({ unit: { ...unit, status: 'dissolved' } })).toThrow('it is dissolved')
    expect(() => propose({ kind: false })).toThrow('no kind of post officer')
    expect(() => propose({ person: false })).toThrow('no person p-li')
    expect(() => propose({}, { from: '2026-12-01T00:00:00.000Z', until: '2026-11-01T00:00:00.000Z' })).toThrow('held until after')
  })

  it('says nothing when a step is repeated', () => {
    expect(given(appointment, proposed).when('proposeAppointment', asked, { facts: sound })).toEqual([])
    expect(given(appointment, recommended).when('recommendAppointment', {}, as('p-guide'))).toEqual([])
    expect(given(appointment, noticed).when('checkEligibility', {}, check)).toEqual([])
    expect(given(appointment, objected).when('fileObjection', { ground: 'was absent' }, as('p-student'))).toEqual([])
    expect(given(appointment, taken).when('takeEffect', {}, { actor: theSystem })).toEqual([])
    expect(() => given(appointment, proposed).when('proposeAppointment', { ...asked, person: 'p-wang' }, { facts: sound })).toThrow('another content')
  })

  it('refuses a step out of turn, naming the turn', () => {
    expect(() => given(appointment, proposed).when('checkEligibility', {}, check)).toThrow('recommended, ineligible; it is proposed')
    expect(() => given(appointment, recommended).when('fileObjection', { ground: 'x' })).toThrow('it is recommended')
    expect(() => given(appointment, recommended).when('takeEffect', {}, { actor: theSystem })).toThrow('it is recommended')
    expect(() => given(appointment, noticed).when('removeFromPost', { reason: 'x' })).toThrow('it is notice')
    expect(() => given(appointment, taken).when('withdrawAppointment', { reason: 'x' })).toThrow('it is held')
    const withdrawn = [...proposed, ...given(appointment, proposed).when('withdrawAppointment', { reason: 'x' })]
    expect(() => given(appointment, withdrawn).when('recommendAppointment', {})).toThrow('it is withdrawn')
    expect(given(appointment, withdrawn).when('withdrawAppointment', { reason: 'x' })).toEqual([])
  })
})

describe('eligibility', () => {
  const decide = (facts: Partial<Candidacy>, more: object = {}) =>
    given(appointment, recommended).when('checkEligibility', {}, { ...check, facts: candidate(facts), ...more })
  const groundsOf = (facts: Partial<Candidacy>) => (decide(facts)[0]?.data as { grounds?: string[] } | undefined)?.grounds

  it('[MB-06] looks at standing, discipline and the limits that policies set', () => {
    expect(groundsOf({ goodStanding: false })).toEqual(['standing'])
    expect(groundsOf({ discipline: 1 })).toEqual(['discipline'])
    expect(groundsOf({ sameNow: 1 })).toEqual(['already-held'])
    expect(groundsOf({ postsNow: 3, limits: ['appointment.posts.max'] })).toEqual(['appointment.posts.max'])
    expect(groundsOf({ sameEver: 2, limits: ['appointment.terms.max'] })).toEqual(['appointment.terms.max'])
    expect(groundsOf({ standing: 59, limits: ['appointment.standing.min'] })).toEqual(['appointment.standing.min'])
  })

  it('lets in whoever keeps within the limits, was never assessed, or has limits that nobody set', () => {
    const all = ['appointment.posts.max', 'appointment.terms.max', 'appointment.standing.min'] as const
    expect(decide({ standing: null, postsNow: 2, sameEver: 1, limits: all })).toHaveLength(2)
    expect(decide({ standing: 10, postsNow: 9, sameEver: 9 })).toHaveLength(2)
  })

  it('may be looked at again after it failed', () => {
    const failed = [...recommended, ...decide({ goodStanding: false })]
    expect(given(appointment, failed).state.status).toBe('ineligible')
    expect(given(appointment, failed).when('checkEligibility', {}, check)).toHaveLength(2)
  })

  it('[MB-06] begins a notice of as many days as the policy says, and an effect no earlier than planned', () => {
    const later = '2026-10-20T00:00:00.000Z'
    const planned = given(appointment).when('proposeAppointment', { ...asked, from: later }, { ...as('p-head'), facts: sound })
    const past = [...planned, ...given(appointment, planned).when('recommendAppointment', {}, as('p-guide'))]
    const [, notice] = given(appointment, past).when('checkEligibility', {}, { ...check, policies: { 'public-notice.days': 7 } })
    expect(notice?.data).toMatchObject({ days: 7, until: '2026-10-08T12:00:00.000Z', effect: later })
  })

  it('finds nothing to take where the post ends before the notice', () => {
    const brief = given(appointment).when('proposeAppointment', { ...asked, until: '2026-10-03T00:00:00.000Z' }, { ...as('p-head'), facts: sound })
    const past = [...brief, ...given(appointment, brief).when('recommendAppointment', {}, as('p-guide'))]
    expect(given(appointment, past).when('checkEligibility', {}, check)[0]?.data).toMatchObject({ grounds: ['over-before-it-begins'] })
  })
})

describe('an objection', () => {
  it('[MB-06] stops the effect until it is settled', () => {
    expect(() => given(appointment, objected).when('takeEffect', {}, { actor: theSystem, now: noticeEnd })).toThrow('objection-1')
    const [settled] = given(appointment, objected).when('settleObjection', settle, { ...as('p-guide'), now: '2026-10-09T00:00:00.000Z' })
    expect(settled?.data).toMatchObject({ upheld: false, effect: '2026-10-09T00:00:00.000Z' })
    const past = [...objected, settled as AppointmentEvent]
    expect(() => given(appointment, past).when('takeEffect', {}, { actor: theSystem, now: noticeEnd })).toThrow('at the earliest')
    expect(given(appointment, past).when('takeEffect', {}, { actor: theSystem, now: '2026-10-09T00:00:00.000Z' })[0]?.data).toMatchObject({
      from: '2026-10-09T00:00:00.000Z',
    })
    expect(given(appointment, past).when('settleObjection', settle, as('p-guide'))).toEqual([])
    expect(() => given(appointment, past).when('settleObjection', { ...settle, upheld: true }, as('p-guide'))).toThrow('settled already')
  })

  it('settled during the notice leaves the effect at its end', () => {
    expect(given(appointment, objected).when('settleObjection', settle, as('p-guide'))[0]?.data).toMatchObject({ effect: noticeEnd })
  })

  it('keeps the post waiting while another one is open', () => {
    const two = [...objected, ...given(appointment, objected).when('fileObjection', { ground: 'another' }, as('p-student-2'))]
    expect(given(appointment, two).when('settleObjection', settle, as('p-guide'))[0]?.data).toMatchObject({ effect: null })
  })

  it('[MB-06] that is upheld ends the appointment', () => {
    const ended = [...objected, ...given(appointment, objected).when('settleObjection', { ...settle, upheld: true }, as('p-guide'))]
    expect(ended.at(-1)).toEqual({ type: 'membership.appointment-withdrawn.v1', data: { appointment: 'a-1', person: 'p-li', reason: 'looked into' } })
    expect(() => given(appointment, ended).when('takeEffect', {}, { actor: theSystem, now: noticeEnd })).toThrow('it is withdrawn')
    expect(given(appointment, ended).when('settleObjection', { ...settle, upheld: true }, as('p-guide'))).toEqual([])
  })

  it('comes during the notice, and is one that there is', () => {
    expect(() => given(appointment, noticed).when('fileObjection', { ground: 'x' }, { ...as('p-student'), now: noticeEnd })).toThrow('open until')
    expect(() => given(appointment, noticed).when('settleObjection', settle, as('p-guide'))).toThrow('no objection objection-1')
  })
})

describe('a post', () => {
  const later = { now: '2026-11-01T00:00:00.000Z' }

  it('[MB-06] is not taken before the notice is over', () => {
    expect(() => given(appointment, noticed).when('takeEffect', {}, { actor: theSystem, now: '2026-10-06T11:59:59.000Z' })).toThrow('at the earliest')
  })

  it('[MB-06] is left by removal with a reason, once', () => {
    const removed = given(appointment, taken).when('removeFromPost', { reason: 'neglect' }, later)
    expect(removed).toEqual([
      {
        type: 'membership.post-left.v1',
        data: { holding: 'a-1', person: 'p-li', kind: 'officer', unit: 'pps-su-study', from: noticeEnd, until: later.now, reason: 'neglect', citation: null },
      },
    ])
    expect(given(appointment, [...taken, ...removed]).when('removeFromPost', { reason: 'neglect' }, later)).toEqual([])
    expect(given(appointment, [...taken, ...removed]).when('leavePost', { reason: 'gone' }, { actor: theSystem })).toEqual([])
  })

  it('that a file states is held at once, and only once', () => {
    const office = { person: 'p-li', kind: 'head', unit: 'pps-su-study', from: '2026-09-01T00:00:00.000Z', until: '2026-10-15T00:00:00.000Z' }
    const entered = given(appointment).when('enterOffice', office, { actor: theSystem })
    expect(entered).toEqual([{ type: 'membership.post-taken.v1', data: { ...office, holding: 'a-1', citation: null } }])
    expect(given(appointment, entered).when('enterOffice', office, { actor: theSystem })).toEqual([])
    expect(() => given(appointment, entered).when('removeFromPost', { reason: 'x' }, later)).toThrow('held until 2026-10-15')
  })

  it('ends with its unit', () => {
    expect(given(appointment, taken).when('leavePost', { reason: 'dissolved' }, { actor: theSystem, ...later })[0]?.data).toMatchObject({ until: later.now })
  })
})
