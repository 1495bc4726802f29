import { anOfficer, given, theSystem } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import { attendance } from './attendance.ts'

const checkedIn = (grade: 'staff-scan' | 'rotating-code') => ({
  type: 'activities.checked-in.v1' as const,
  data: { activity: 'festival', person: 'p-1', grade },
})
const facts = {
  activity: { status: 'registering', registration: { capacity: 2 }, proposal: { startsAt: '2026-10-01T12:30:00.000Z', walkIns: false } },
  registered: true,
  code: 'valid',
}
const withActivity = (more: object) => ({ ...facts, activity: { ...facts.activity, ...more } })
const as = (person: string, more: object = {}) => ({
  actor: { ...anOfficer, person },
  facts: { ...facts, ...more },
  policies: { 'check-in.opens-before.minutes': 60 },
})
const input = { activity: 'festival', code: 'ABCD1234' }
const scan = { activity: 'festival', person: 'p-1' }

describe('[AC-02] check-in by the rotating code', () => {
  it('counts the person once, with its grade of evidence', () => {
    expect(given(attendance).when('checkInByCode', input, as('p-1'))).toEqual([checkedIn('rotating-code')])
    expect(given(attendance, [checkedIn('rotating-code')]).when('checkInByCode', input, as('p-1'))).toEqual([])
    expect(given(attendance, [checkedIn('rotating-code')]).when('scanAttendance', scan, as('p-staff'))).toEqual([])
  })

  it('says why a code is not taken', () => {
    expect(() => given(attendance).when('checkInByCode', input, as('p-1', { code: 'expired' }))).toThrow('has expired')
    expect(() => given(attendance).when('checkInByCode', input, as('p-1', { code: 'another-activity' }))).toThrow('belongs to another activity')
    expect(() => given(attendance).when('checkInByCode', input, as('p-1', { code: 'wrong' }))).toThrow('not known')
  })

  it('is for people, not for tokens without one', () => {
    expect(() => given(attendance).when('checkInByCode', input, { ...as('p-1'), actor: theSystem })).toThrow('This needs a person')
  })
})

describe('[AC-02] the door', () => {
  it('is open from an hour before the start, by policy', () => {
    expect(() => given(attendance).when('checkInByCode', input, { ...as('p-1'), now: '2026-10-01T11:29:59.000Z' })).toThrow(
      'Check-in opens at 2026-10-01T11:30',
    )
    expect(given(attendance).when('checkInByCode', input, { ...as('p-1'), now: '2026-10-01T11:30:00.000Z' })).toHaveLength(1)
  })

  it.each(['closed', 'cancelled', 'proposed'])('is shut when the activity is %s', (status) => {
    expect(() => given(attendance).when('checkInByCode', input, as('p-1', withActivity({ status })))).toThrow(`Check-in is closed: the activity is ${status}`)
    expect(() => given(attendance).when('scanAttendance', scan, as('p-staff', withActivity({ status })))).toThrow('Check-in is closed')
  })

  it('stays open for the lists while the activity is held and not yet closed', () => {
    expect(given(attendance).when('scanAttendance', scan, as('p-staff', withActivity({ status: 'held' })))).toEqual([checkedIn('staff-scan')])
  })

  it('lets in who holds a place, and others where the activity takes walk-ins or had no registration', () => {
    expect(() => given(attendance).when('checkInByCode', input, as('p-1', { registered: false }))).toThrow('Only those who hold a place')
    const { startsAt } = facts.activity.proposal
    expect(
      given(attendance).when('checkInByCode', input, as('p-1', { ...withActivity({ proposal: { startsAt, walkIns: true } }), registered: false })),
    ).toHaveLength(1)
    expect(given(attendance).when('checkInByCode', input, as('p-1', { ...withActivity({ registration: null }), registered: false }))).toHaveLength(1)
  })

  it('knows no activity that is not there', () => {
    expect(() => given(attendance).when('checkInByCode', input, as('p-1', { activity: { status: 'none' } }))).toThrow('There is no activity festival')
  })
})

describe('[AC-02] a scan by staff', () => {
  it('has the highest grade, and nobody scans themselves', () => {
    expect(given(attendance).when('scanAttendance', scan, as('p-staff'))).toEqual([checkedIn('staff-scan')])
    expect(() => given(attendance).when('scanAttendance', scan, as('p-1'))).toThrow('Nobody scans themselves')
  })

  it('and a code meet in one attendance of the person at the activity', () => {
    expect(attendance.identify?.(input, { ...anOfficer, person: 'p-1' })).toBe(attendance.identify?.(scan, anOfficer))
  })
})
