import { Directory, emptySnapshot, type Unit } from '@collegium/shared/directory.ts'
import { describe, expect, it } from 'vitest'
import { isEligible, needsCollege } from './eligibility.ts'

const unit = (id: string, kind: Unit['kind'], parent: string | null, level: string | null = null): Unit => ({
  id,
  kind,
  parent,
  level,
  name: { en: id, zh: id },
  timezone: 'Asia/Shanghai',
  dissolved: null,
})
const directory = new Directory({
  ...emptySnapshot,
  units: [
    unit('fed', 'federation', null),
    unit('pps', 'campus', 'fed'),
    unit('pps-su', 'union', 'pps', 'campus'),
    unit('pps-ppa', 'union', 'pps', 'college'),
    unit('study', 'department', 'pps-ppa'),
  ],
  holdings: [{ id: 'h', person: 'p-officer', kind: 'head', unit: 'study', from: '2026-09-01T00:00:00.000Z', until: null }],
})
const at = '2026-10-01T12:00:00.000Z'
const student = { person: 'p-1', campus: 'pps', college: 'pps-ppa' }
const otherCollege = { person: 'p-2', campus: 'pps', college: null }
const otherCampus = { person: 'p-3', campus: 'gufe', college: null }

describe('[AC-02] whom an activity is open to', () => {
  it.each([
    ['federation', 'study', otherCampus, true],
    ['campus', 'study', otherCollege, true],
    ['campus', 'study', otherCampus, false],
    ['union', 'study', student, true],
    ['union', 'study', otherCollege, false],
    ['union', 'pps-su', otherCollege, true],
    ['union', 'pps-su', otherCampus, false],
    ['union', 'study', { person: 'p-officer', campus: null, college: null }, true],
    ['campus', 'fed', otherCampus, true],
  ] as const)('%s at %s', (openTo, at_, who, expected) => {
    expect(isEligible(directory, openTo, at_, who, at)).toBe(expected)
  })

  it('a college is asked for only where it decides', () => {
    expect(needsCollege(directory, 'union', 'study')).toBe(true)
    expect(needsCollege(directory, 'union', 'pps-su')).toBe(false)
    expect(needsCollege(directory, 'campus', 'study')).toBe(false)
  })
})
