import { anOfficer, given } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import { erasure } from './erasure.ts'
import type { Hold } from './events.ts'
import { holders } from './holders.ts'

const policies = { 'personnel.retention-days': 365, 'erasure.acknowledge-hours': 24 }
const now = '2026-11-21T09:00:00.000Z'
const free = { unit: 'pps', mayForOthers: false, holds: [] as Hold[], lastPostEnded: null as string | null }
const as = (person: string | null) => ({ actor: { ...anOfficer, person } })
const ask = { person: 'li', basis: 'no-longer-needed' }
const requested = given(erasure).when('requestErasure', ask, { id: 'li', now, policies, facts: free, ...as('li') })
const approve = (before: readonly any[], by: string | null, facts: Partial<typeof free> = {}) =>
  given(erasure, before).when('approveErasure', {}, { id: 'li', now, policies, facts: { ...free, ...facts }, ...as(by) })
const once = [...requested, ...approve(requested, 'wang')]
const erased = [...once, ...approve(once, 'zhao')]

describe('an erasure', () => {
  it('[PL-12] is asked for by the person, once; by somebody else only with the permission', () => {
    expect(requested).toEqual([{ type: 'membership.erasure-requested.v1', data: { person: 'li', unit: 'pps', basis: 'no-longer-needed', by: 'li' } }])
    expect(given(erasure, requested).when('requestErasure', ask, { id: 'li', now, policies, facts: free, ...as('li') })).toEqual([])
    expect(() => given(erasure).when('requestErasure', ask, { id: 'li', now, policies, facts: free, ...as('eve') })).toThrow('erasures:enter')
    expect(given(erasure).when('requestErasure', ask, { id: 'li', now, policies, facts: { ...free, mayForOthers: true }, ...as('officer') })).toHaveLength(1)
    expect(() => given(erasure).when('requestErasure', ask, { id: 'li', now, policies, facts: { ...free, unit: null as never }, ...as('li') })).toThrow(
      'no person',
    )
  })

  it('[PL-12] takes two people, neither of them the person, the one who asked, or nobody', () => {
    expect(once.at(-1)).toEqual({ type: 'membership.erasure-approved.v1', data: { person: 'li', by: 'wang' } })
    expect(approve(once, 'wang')).toEqual([])
    expect(approve(once, 'zhao')).toEqual([
      { type: 'membership.erasure-approved.v1', data: { person: 'li', by: 'zhao' } },
      { type: 'membership.person-erased.v1', data: { person: 'li', basis: 'no-longer-needed', services: [...holders], due: '2026-11-22T09:00:00.000Z' } },
    ])
    expect(() => approve(once, 'li')).toThrow('their own')
    expect(() => approve(once, null)).toThrow('Two people')
    const byOfficer = given(erasure).when('requestErasure', ask, { id: 'li', now, policies, facts: { ...free, mayForOthers: true }, ...as('officer') })
    expect(() => approve(byOfficer, 'officer')).toThrow('Duties are separated')
    expect(approve(erased, 'third')).toEqual([])
  })

  it.each<[string, Partial<typeof free>, string]>([
    ['a post that is held', { holds: [{ ground: 'post-held', about: 'a-1', until: null }] }, 'post-held'],
    ['an open appointment', { holds: [{ ground: 'appointment-open', about: 'a-2', until: null }] }, 'appointment-open'],
    ['an open assessment', { holds: [{ ground: 'assessment-open', about: 'as-1', until: null }] }, 'assessment-open'],
    ['an open duty', { holds: [{ ground: 'duty-open', about: null, until: null }] }, 'duty-open'],
    ['the time after the last post', { lastPostEnded: '2026-01-01T00:00:00.000Z' }, 'retention (2027-01-01T00:00:00.000Z)'],
  ])('[PL-12] is held by %s, and says so', (_, facts, ground) => {
    const [, held] = given(erasure).when('requestErasure', ask, { id: 'li', now, policies, facts: { ...free, ...facts }, ...as('li') })
    expect(held).toMatchObject({ type: 'membership.erasure-held.v1', data: { person: 'li' } })
    expect(() => approve(once, 'zhao', facts)).toThrow(ground)
  })

  it('[PL-12] goes on when nothing holds it any more', () => {
    const holds: Hold[] = [{ ground: 'duty-open', about: null, until: null }]
    const held = [...requested, { type: 'membership.erasure-held.v1' as const, data: { person: 'li', holds } }]
    const check = (before: readonly any[], facts: typeof free) =>
      given(erasure, before).when('checkHolds', {}, { id: 'li', now, policies, facts, ...as('wang') })
    expect(check(held, { ...free, holds })).toEqual([])
    expect(check(held, free)).toEqual([{ type: 'membership.erasure-released.v1', data: { person: 'li' } }])
    expect(given(erasure, [...held, ...check(held, free)]).state).toMatchObject({ status: 'requested', holds: [] })
    expect(approve([...held, ...approve(held, 'wang')], 'zhao')).toHaveLength(2)
    expect(check(requested, { ...free, lastPostEnded: '2026-11-01T00:00:00.000Z' })).toMatchObject([{ type: 'membership.erasure-held.v1' }])
    // The time of the last post is over.
    expect(check(requested, { ...free, lastPostEnded: '2025-11-01T00:00:00.000Z' })).toEqual([])
  })

  it('[PL-12] may be taken back by who asked, until the second approval', () => {
    const withdraw = (before: readonly any[], by: string) => given(erasure, before).when('withdrawErasure', {}, { id: 'li', now, policies, ...as(by) })
    expect(withdraw(once, 'li')).toEqual([{ type: 'membership.erasure-withdrawn.v1', data: { person: 'li' } }])
    expect(() => withdraw(once, 'wang')).toThrow('their own erasure')
    expect(() => withdraw(erased, 'li')).toThrow('it is erased')
    const again = [...once, ...withdraw(once, 'li')]
    expect(given(erasure, again).when('requestErasure', ask, { id: 'li', now, policies, facts: free, ...as('li') })).toHaveLength(1)
    expect(() => given(erasure, erased).when('requestErasure', ask, { id: 'li', now, policies, facts: free, ...as('li') })).toThrow('it is erased')
  })

  it('[PL-12] is complete when everybody has acknowledged, each once; who has not is named in time', () => {
    const say = (before: readonly any[], service: string) => given(erasure, before).when('acknowledgeErasure', { service }, { id: 'li', now, policies })
    let history: readonly any[] = erased
    for (const service of holders.slice(1)) history = [...history, ...say(history, service)]
    expect(given(erasure, history).state).toMatchObject({ status: 'erased' })
    expect(given(erasure, history).when('reportOverdue', {}, { id: 'li', now, policies, facts: ['wang'] })).toEqual([
      { type: 'membership.erasure-overdue.v1', data: { person: 'li', missing: [holders[0]], officers: ['wang'] } },
    ])
    expect(say(history, holders[1] as string)).toEqual([])
    expect(say(history, 'nobody')).toEqual([])
    history = [...history, ...say(history, holders[0] as string)]
    expect(given(erasure, history).state).toMatchObject({ status: 'complete' })
    expect(given(erasure, history).when('reportOverdue', {}, { id: 'li', now, policies, facts: ['wang'] })).toEqual([])
    expect(() => say(requested.slice(0, 0), 'audit')).toThrow('it is none')
  })
})
