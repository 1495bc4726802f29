import { given } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import type { UnitFacts } from './ask.ts'
import { importing } from './importing.ts'
import { person } from './person.ts'
import { postKind } from './post-kind.ts'
import { term } from './term.ts'

const unit = (kind: string, more: Partial<UnitFacts> = {}): UnitFacts => ({ status: 'active', kind, level: null, parent: 'fed', timezone: 'UTC', ...more })
const name = { en: 'Autumn', zh: '秋' }

describe('a term', () => {
  const autumn = { term: '2026-autumn', unit: 'fed', name, from: '2026-09-01', to: '2027-01-15', timezone: 'Asia/Shanghai' }
  const facts = { unit: unit('federation'), others: [] }

  it('[PL-02] is defined by the federation; the same again says nothing', () => {
    const defined = given(term).when('defineTerm', autumn, { facts })
    expect(defined).toEqual([{ type: 'membership.term-defined.v1', data: autumn }])
    expect(given(term, defined).when('defineTerm', autumn, { facts })).toEqual([])
    expect(given(term, defined).when('defineTerm', { ...autumn, to: '2027-01-20' }, { facts })).toHaveLength(1)
  })

  it('[PL-02] neither ends before it begins, nor overlaps, nor belongs to a campus', () => {
    expect(() => given(term).when('defineTerm', { ...autumn, to: '2026-08-31' }, { facts })).toThrow('ends on or after')
    const others = [{ id: '2027-spring', name, from: '2027-01-10', to: '2027-07-01', timezone: 'UTC' }]
    expect(() => given(term).when('defineTerm', autumn, { facts: { ...facts, others } })).toThrow('overlaps with the term 2027-spring')
    expect(() => given(term).when('defineTerm', autumn, { facts: { ...facts, unit: unit('campus') } })).toThrow('at a federation')
  })
})

describe('a kind of post', () => {
  it('is defined and redefined by the federation; the same again says nothing', () => {
    const officer = { kind: 'officer', unit: 'fed', name, permissions: ['activities:propose'] }
    const defined = given(postKind).when('definePostKind', officer, { facts: unit('federation') })
    expect(defined).toEqual([{ type: 'membership.post-kind-defined.v1', data: officer }])
    expect(given(postKind, defined).when('definePostKind', officer, { facts: unit('federation') })).toEqual([])
    expect(given(postKind, defined).when('definePostKind', { ...officer, permissions: [] }, { facts: unit('federation') })).toHaveLength(1)
    expect(() => given(postKind).when('definePostKind', officer, { facts: unit('union') })).toThrow('at a federation')
  })
})

describe('a person', () => {
  const li = { person: 'p-1', name: '李明', number: '20260001', campus: 'pps', college: 'pps-ppa' }
  const facts = { campus: unit('campus'), college: unit('union', { level: 'college' }), path: ['pps-ppa', 'pps', 'fed'] }

  it('is registered at a campus and a college of it; the same again says nothing', () => {
    const registered = given(person).when('registerPerson', li, { facts })
    expect(registered).toEqual([{ type: 'membership.person-registered.v1', data: li }])
    expect(given(person, registered).when('registerPerson', li, { facts })).toEqual([])
    expect(() => given(person, registered).when('registerPerson', { ...li, name: '王明' }, { facts })).toThrow('registered already')
  })

  it('belongs to a campus that is one, and to no college of another campus', () => {
    expect(() => given(person).when('registerPerson', li, { facts: { ...facts, campus: unit('union') } })).toThrow('at an active campus')
    expect(() => given(person).when('registerPerson', li, { facts: { ...facts, path: ['gufe-x', 'gufe', 'fed'] } })).toThrow(
      'college-level union of the campus pps',
    )
    expect(() => given(person).when('registerPerson', li, { facts: { ...facts, college: unit('union', { level: 'campus' }) } })).toThrow('college-level')
  })
})

describe('an import', () => {
  it('[PL-09] is on record from its start to its end, and every step of it once', () => {
    const start = { unit: 'fed', digest: 'd', effective: '2026-09-01T00:00:00.000Z', rows: { people: 9 } }
    const started = given(importing).when('startImport', start)
    expect(given(importing, started).when('startImport', start)).toEqual([])
    const advanced = given(importing, started).when('advanceImport', { section: 'people', done: 5 })
    expect(given(importing, [...started, ...advanced]).when('advanceImport', { section: 'people', done: 5 })).toEqual([])
    expect(given(importing, [...started, ...advanced]).state).toMatchObject({ status: 'running', done: { people: 5 } })
    const finished = given(importing, [...started, ...advanced]).when('finishImport', {})
    expect(given(importing, [...started, ...finished]).when('finishImport', {})).toEqual([])
    expect(given(importing, [...started, ...finished]).when('advanceImport', { section: 'people', done: 7 })).toEqual([])
    expect(() => given(importing).when('finishImport', {})).toThrow('No import a-1')
  })
})
