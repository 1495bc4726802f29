import { Directory, emptySnapshot } from '@collegium/shared/directory.ts'
import { given } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import type { UnitFacts } from './ask.ts'
import type { UnitEvent } from './events.ts'
import { createUnit, unit } from './unit.ts'

const name = { en: 'Learning Department', zh: '学习部' }
const facts = (kind: string, level: string | null = null, status: UnitFacts['status'] = 'active'): UnitFacts => ({
  status,
  kind,
  level,
  parent: null,
  timezone: 'Asia/Shanghai',
})
const created = (given: Partial<Extract<UnitEvent, { type: 'membership.unit-created.v1' }>['data']> = {}): UnitEvent => ({
  type: 'membership.unit-created.v1',
  data: {
    unit: 'pps-su-study',
    kind: 'department',
    name,
    parent: 'pps-su',
    level: null,
    unionKind: null,
    timezone: 'Asia/Shanghai',
    duties: ['study style'],
    template: 'study',
    founded: null,
    ...given,
  },
})
const study = { unit: 'pps-su-study', kind: 'department', name, parent: 'pps-su', duties: ['study style'], template: 'study' } as const
const underUnion = { facts: { parent: facts('union', 'campus'), root: 'fed' } }

describe('a unit', () => {
  it('[MB-01] is created under its parent with its charter of duties and the parent’s time zone', () => {
    expect(given(unit).when('createUnit', study, underUnion)).toEqual([created()])
  })

  it('[MB-01] stands only where its kind may stand', () => {
    const allowed: [kind: string, under: UnitFacts, more?: object][] = [
      ['campus', facts('federation')],
      ['union', facts('campus'), { level: 'campus', unionKind: 'graduate' }],
      ['union', facts('campus'), { level: 'college', unionKind: 'undergraduate' }],
      ['union', facts('union', 'campus'), { level: 'college', unionKind: 'undergraduate' }],
      ['association', facts('campus')],
      ['department', facts('union', 'college')],
    ]
    for (const [kind, parent, more] of allowed)
      expect(given(unit).when('createUnit', { ...study, kind, ...more }, { facts: { parent, root: 'fed' } }), kind).toHaveLength(1)
    const refused: [kind: string, under: UnitFacts, more?: object][] = [
      ['campus', facts('campus')],
      ['union', facts('federation'), { level: 'campus', unionKind: 'graduate' }],
      ['union', facts('union', 'campus'), { level: 'campus', unionKind: 'graduate' }],
      ['union', facts('union', 'college'), { level: 'college', unionKind: 'graduate' }],
      ['department', facts('campus')],
      ['department', facts('union', 'campus', 'dissolved')],
      ['federation', facts('federation')],
    ]
    for (const [kind, parent, more] of refused)
      expect(() => given(unit).when('createUnit', { ...study, kind, ...more }, { facts: { parent, root: 'fed' } }), kind).toThrow('stands under')
  })

  it('[MB-01] is the only federation', () => {
    const federation = { unit: 'other', kind: 'federation', name }
    expect(given(unit).when('createUnit', federation, { facts: { parent: null, root: null } })).toHaveLength(1)
    expect(() => given(unit).when('createUnit', federation, { facts: { parent: null, root: 'fed' } })).toThrow('one federation here, fed')
  })

  it('a union has a level and a kind, and nothing else has', () => {
    expect(() => given(unit).when('createUnit', { ...study, kind: 'union', level: 'campus' }, underUnion)).toThrow('has a level')
    expect(() => given(unit).when('createUnit', { ...study, level: 'campus', unionKind: 'graduate' }, underUnion)).toThrow('has a level')
  })

  it('refuses a time zone that is none', () => {
    expect(() => given(unit).when('createUnit', { ...study, timezone: 'Asia/Nowhere' }, underUnion)).toThrow('no time zone')
  })

  it('created twice in the same words says nothing, in other words it is refused', () => {
    expect(given(unit, [created()]).when('createUnit', study, underUnion)).toEqual([])
    expect(() => given(unit, [created()]).when('createUnit', { ...study, name: { en: 'Other', zh: '其他' } }, underUnion)).toThrow('exists already')
  })

  it('[MB-01] is renamed and given another charter; the same again says nothing', () => {
    const renamed = { name: { en: 'Study', zh: '学习' } }
    const [event] = given(unit, [created()]).when('renameUnit', renamed)
    expect(event).toEqual({ type: 'membership.unit-renamed.v1', data: { unit: 'pps-su-study', ...renamed } })
    expect(given(unit, [created(), event as UnitEvent]).when('renameUnit', renamed)).toEqual([])
    expect(given(unit, [created()]).when('changeCharter', { duties: ['resources'] })).toEqual([
      { type: 'membership.charter-changed.v1', data: { unit: 'pps-su-study', duties: ['resources'] } },
    ])
    expect(given(unit, [created()]).when('changeCharter', { duties: ['study style'] })).toEqual([])
  })

  it('[MB-01] merges into another of its kind, and is closed from then on', () => {
    const into = { facts: { into: facts('department'), children: [] } }
    const merged = given(unit, [created()]).when('mergeUnit', { into: 'pps-su-science' }, into)
    expect(merged).toEqual([{ type: 'membership.unit-merged.v1', data: { unit: 'pps-su-study', into: 'pps-su-science' } }])
    const past = [created(), ...merged]
    expect(given(unit, past).when('mergeUnit', { into: 'pps-su-science' }, into)).toEqual([])
    for (const [name, input] of [
      ['renameUnit', { name: study.name }],
      ['changeCharter', { duties: [] }],
      ['dissolveUnit', {}],
    ] as const)
      expect(() => given(unit, past).when(name, input, { facts: { children: [] } }), name).toThrow('is merged')
  })

  it('merges neither into itself, nor into another kind, nor with units below', () => {
    const merge = (into: string, facts: object) => given(unit, [created()]).when('mergeUnit', { into }, { facts })
    expect(() => merge('pps-su-study', { into: facts('department'), children: [] })).toThrow('merges into another')
    expect(() => merge('pps-su', { into: facts('union', 'campus'), children: [] })).toThrow('merges into another')
    expect(() => merge('gone', { into: facts('department', null, 'unknown'), children: [] })).toThrow('merges into another')
    expect(() => merge('pps-su-arts', { into: facts('department'), children: ['x'] })).toThrow('stand below')
  })

  it('[MB-01] is dissolved once; a federation never', () => {
    const dissolved = given(unit, [created()]).when('dissolveUnit', {}, { facts: { children: [] } })
    expect(dissolved).toEqual([{ type: 'membership.unit-dissolved.v1', data: { unit: 'pps-su-study', on: '2026-10-01' } }])
    expect(given(unit, [created(), ...dissolved]).when('dissolveUnit', {}, { facts: { children: [] } })).toEqual([])
    const federation = created({ unit: 'fed', kind: 'federation', parent: null })
    expect(() => given(unit, [federation]).when('dissolveUnit', {}, { facts: { children: [] } })).toThrow('neither merged nor dissolved')
  })

  it('keeps what it was when it is gone', () => {
    const past = [created(), { type: 'membership.unit-dissolved.v1', data: { unit: 'pps-su-study', on: '2026-10-01' } } as const]
    expect(given(unit, past).state).toMatchObject({ status: 'dissolved', name, duties: ['study style'], on: '2026-10-01' })
  })

  it('asks for its parent as it stands and for the root', async () => {
    const directory = () =>
      new Directory({ ...emptySnapshot, units: [{ id: 'fed', kind: 'federation', name, parent: null, level: null, timezone: 'UTC', dissolved: null }] })
    const ask = { unit: async () => facts('campus'), directory } as never
    const asked = { id: 'a-1', state: unit.initial(), actor: null as never, now: '' }
    expect(await createUnit.facts?.(ask, { ...asked, input: { ...study, duties: [] } })).toEqual({ parent: facts('campus'), root: 'fed' })
  })
})
