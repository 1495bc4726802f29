import { describe, expect, it } from 'vitest'
import { dayIn, daysBetween, isDay, plusDays, startOf } from '../../services/console/src/parts/days.ts'
import { differences } from '../../services/console/src/parts/difference.ts'

describe('[PL-06] The difference between two moments', () => {
  it('is each place that differs, and nothing else', () => {
    const before = { status: 'proposed', proposal: { budget: 5, organizers: ['a', 'b'] }, ground: null }
    const after = { status: 'approved', proposal: { budget: 5, organizers: ['a', 'c', 'd'] }, ground: null }
    expect(differences(before, after)).toEqual([
      { path: ['status'], before: 'proposed', after: 'approved' },
      { path: ['proposal', 'organizers', '2'], before: 'b', after: 'c' },
      { path: ['proposal', 'organizers', '3'], before: undefined, after: 'd' },
    ])
    expect(differences(after, structuredClone(after))).toEqual([])
  })

  it('is one place where a whole appears or goes', () => {
    expect(differences({ minutes: null }, { minutes: { text: 'x', label: null } })).toEqual([
      { path: ['minutes'], before: null, after: { text: 'x', label: null } },
    ])
    expect(differences({ places: { p: true } }, { places: {} })).toEqual([{ path: ['places', 'p'], before: true, after: undefined }])
  })
})

describe('[PL-05] A day', () => {
  it('begins where it begins at the campus, on both sides of Greenwich and across a change of the clock', () => {
    expect(startOf('2026-11-21', 'Asia/Shanghai')).toBe('2026-11-20T16:00:00.000Z')
    expect(startOf('2026-11-21', 'America/New_York')).toBe('2026-11-21T05:00:00.000Z')
    expect(startOf('2026-07-01', 'Europe/Berlin')).toBe('2026-06-30T22:00:00.000Z')
    expect(startOf('2026-03-30', 'Europe/Berlin')).toBe('2026-03-29T22:00:00.000Z')
  })

  it('is another one at the same moment elsewhere', () => {
    const at = new Date('2026-11-21T20:00:00Z')
    expect([dayIn('Asia/Shanghai', at), dayIn('UTC', at)]).toEqual(['2026-11-22', '2026-11-21'])
  })

  it('counts across months and leap days', () => {
    expect([plusDays('2028-02-28', 1), plusDays('2026-09-01', -1), daysBetween('2028-02-28', '2028-03-01')]).toEqual(['2028-02-29', '2026-08-31', 2])
    expect([isDay('2026-11-21'), isDay('2026-13-01'), isDay('today'), isDay(undefined)]).toEqual([true, false, false, false])
  })
})
