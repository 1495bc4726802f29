import { given } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import type { PolicyFacts, UnitFacts } from './ask.ts'
import { directionOf } from './direction.ts'
import type { PolicyEvent } from './events.ts'
import { policy } from './policy.ts'

const at = (kind: string, status: UnitFacts['status'] = 'active'): UnitFacts => ({ status, kind, level: null, parent: 'fed', timezone: 'UTC' })
const federal = { facts: { unit: at('federation'), above: null } }
const campus = (value: number | string | boolean, tighter: 'more' | 'less' = 'more', ...later: { value: number; from: string }[]) => ({
  facts: { unit: at('campus'), above: { tighter, versions: [{ value, from: '2026-09-01T00:00:00.000Z' }, ...later] } satisfies PolicyFacts },
})
const set = (more: Partial<PolicyEvent['data']> = {}): PolicyEvent => ({
  type: 'membership.policy-set.v1',
  data: { name: 'public-notice.days', unit: 'fed', value: 5, tighter: 'more', version: 1, from: '2026-09-01T00:00:00.000Z', ...more },
})
const notice = { name: 'public-notice.days', unit: 'fed', value: 5 }
const atCampus = { ...notice, unit: 'ctbu' }

describe('a policy', () => {
  it('[PL-01] is set by the federation, in versions that are each in force from a moment', () => {
    expect(given(policy).when('setPolicy', notice, federal)).toEqual([set({ from: '2026-10-01T12:00:00.000Z' })])
    expect(given(policy, [set()]).when('setPolicy', { ...notice, value: 7, from: '2026-12-01T00:00:00.000Z' }, federal)).toEqual([
      set({ value: 7, version: 2, from: '2026-12-01T00:00:00.000Z' }),
    ])
  })

  it('the same value again says nothing', () => {
    expect(given(policy, [set()]).when('setPolicy', notice, federal)).toEqual([])
  })

  it('[PL-01] is tightened by a campus and never loosened, in the direction that it has', () => {
    expect(given(policy).when('setPolicy', { ...atCampus, value: 7 }, campus(5))).toHaveLength(1)
    expect(given(policy).when('setPolicy', { ...atCampus, value: 5 }, campus(5))).toHaveLength(1)
    expect(() => given(policy).when('setPolicy', { ...atCampus, value: 3 }, campus(5))).toThrow(
      'may only tighten public-notice.days: 5 or more is allowed, 3 came',
    )
    expect(given(policy).when('setPolicy', { ...atCampus, value: 7 }, campus(14, 'less'))).toHaveLength(1)
    expect(() => given(policy).when('setPolicy', { ...atCampus, value: 21 }, campus(14, 'less'))).toThrow('may only tighten')
    expect(() => given(policy).when('setPolicy', { ...atCampus, value: 'longer' }, campus('long'))).toThrow('may only tighten')
    expect(() => given(policy).when('setPolicy', { ...atCampus, value: false }, campus(true))).toThrow('may only tighten')
  })

  it('[PL-01] may not be looser than a version that the federation has announced for later', () => {
    const soon = campus(5, 'more', { value: 10, from: '2026-12-01T00:00:00.000Z' })
    expect(() => given(policy).when('setPolicy', { ...atCampus, value: 7 }, soon)).toThrow('10 or more is allowed')
    const past = campus(20, 'more', { value: 5, from: '2026-09-15T00:00:00.000Z' })
    expect(given(policy).when('setPolicy', { ...atCampus, value: 7 }, past)).toHaveLength(1)
  })

  it('keeps its type and its direction, and needs the federation’s word first', () => {
    expect(() => given(policy).when('setPolicy', { ...atCampus, value: 'five' }, campus(5))).toThrow('is a number')
    expect(() => given(policy, [set()]).when('setPolicy', { ...notice, value: 'five' }, federal)).toThrow('is a number')
    expect(() => given(policy, [set()]).when('setPolicy', { ...notice, value: 6, tighter: 'less' }, federal)).toThrow('does not change')
    expect(() => given(policy).when('setPolicy', atCampus, { facts: { unit: at('campus'), above: { tighter: null, versions: [] } } })).toThrow('has no policy')
  })

  it('is set at the federation or a campus only, and not for the past', () => {
    expect(() => given(policy).when('setPolicy', notice, { facts: { unit: at('union'), above: null } })).toThrow('at the federation or a campus')
    expect(() => given(policy).when('setPolicy', notice, { facts: { unit: at('campus', 'dissolved'), above: null } })).toThrow('at the federation or a campus')
    expect(() => given(policy).when('setPolicy', { ...notice, from: '2026-09-30T00:00:00.000Z' }, federal)).toThrow('at the earliest')
    const announced = [set(), set({ value: 7, version: 2, from: '2026-12-01T00:00:00.000Z' })]
    expect(() => given(policy, announced).when('setPolicy', { ...notice, value: 9 }, federal)).toThrow('from 2026-12-01')
  })

  it('[PL-01] goes along when the federation tightens, and only then', () => {
    const own = [set({ unit: 'ctbu', value: 7 })]
    const from = '2026-11-01T00:00:00.000Z'
    expect(given(policy, own).when('followPolicy', { value: 10, from })).toEqual([set({ unit: 'ctbu', value: 10, version: 2, from })])
    expect(given(policy, own).when('followPolicy', { value: 6, from })).toEqual([])
    expect(given(policy).when('followPolicy', { value: 10, from })).toEqual([])
    const followed = [...own, set({ unit: 'ctbu', value: 10, version: 2, from })]
    expect(given(policy, followed).when('followPolicy', { value: 10, from })).toEqual([])
  })

  it('has a direction by its name where nobody states one', () => {
    expect(['department-exchange.every-days', 'opinion.first-reply.days', 'appointment.posts.max'].map(directionOf)).toEqual(['less', 'less', 'less'])
    expect(['public-notice.days', 'theory-study.per-semester.min', 'training.coverage.target'].map(directionOf)).toEqual(['more', 'more', 'more'])
  })
})
