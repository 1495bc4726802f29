import { anOfficer, given } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import type { StintEvent } from './events.ts'
import { stint } from './stint.ts'

const shift = {
  id: 's',
  unit: 'volunteers',
  status: 'open',
  activity: 'act',
  from: '2026-10-01T11:00:00.000Z',
  to: '2026-10-01T13:00:00.000Z',
  seats: 1,
}
const policies = { 'volunteer-hours.grace-minutes': 30, 'volunteer-hours.per-day.max-minutes': 480 }
const li = { ...anOfficer, person: 'li' }
const input = { shift: 's' }
const at = (now: string, facts: object = {}) => ({ actor: li, now, policies, facts: { shift, seated: true, elsewhere: null, ...facts } })

const inAt = (time: string): StintEvent => ({ type: 'volunteers.volunteer-checked-in.v1', data: { person: 'li', shift: 's', at: time } })
const outAt = (time: string, minutes: number): StintEvent => ({
  type: 'volunteers.volunteer-checked-out.v1',
  data: { person: 'li', shift: 's', at: time, minutes },
})
const checkedIn = [inAt('2026-10-01T11:00:00.000Z')]
const served = [...checkedIn, outAt('2026-10-01T13:00:00.000Z', 120)]

describe('checking in', () => {
  it('[VL-04] begins a service at the time of the server', () => {
    expect(given(stint).when('checkIn', input, at('2026-10-01T10:30:00.000Z'))).toEqual([inAt('2026-10-01T10:30:00.000Z')])
  })

  it('[VL-04] says nothing new the second time', () => {
    expect(given(stint, checkedIn).when('checkIn', input, at('2026-10-01T11:05:00.000Z'))).toEqual([])
  })

  it.each([
    ['outside-shift', at('2026-10-01T10:29:59.999Z')],
    ['outside-shift', at('2026-10-01T13:00:00.001Z')],
    ['shift-closed', at('2026-10-01T12:00:00.000Z', { shift: { ...shift, status: 'closed' } })],
    ['not-on-roster', at('2026-10-01T12:00:00.000Z', { seated: false })],
    ['still-checked-in', at('2026-10-01T12:00:00.000Z', { elsewhere: 'other' })],
    ['person-needed', { ...at('2026-10-01T12:00:00.000Z'), actor: { ...anOfficer, person: null } }],
  ])('[VL-04] is refused: %s', (code, context) => {
    expect(() => given(stint).when('checkIn', input, context)).toThrow(expect.objectContaining({ code }))
  })

  it('[VL-04] is refused when the service is over', () => {
    expect(() => given(stint, served).when('checkIn', input, at('2026-10-01T12:00:00.000Z'))).toThrow(expect.objectContaining({ code: 'stint-status' }))
  })
})

describe('checking out', () => {
  it('[VL-04] counts whole minutes', () => {
    expect(given(stint, checkedIn).when('checkOut', input, at('2026-10-01T12:59:59.999Z'))).toEqual([outAt('2026-10-01T12:59:59.999Z', 119)])
  })

  it('[VL-04] refuses impossible hours: out before in, and more than the shift with its grace', () => {
    expect(() => given(stint, checkedIn).when('checkOut', input, at('2026-10-01T10:59:59.000Z'))).toThrow(expect.objectContaining({ code: 'out-before-in' }))
    expect(given(stint, checkedIn).when('checkOut', input, at('2026-10-01T13:30:59.000Z'))).toHaveLength(1)
    expect(() => given(stint, checkedIn).when('checkOut', input, at('2026-10-01T13:31:00.000Z'))).toThrow(
      expect.objectContaining({ code: 'impossible-hours', params: { limit: 150, minutes: 151 } }),
    )
  })

  it('[VL-04] needs a check-in, and says nothing new the second time', () => {
    expect(() => given(stint).when('checkOut', input, at('2026-10-01T12:00:00.000Z'))).toThrow(expect.objectContaining({ code: 'stint-status' }))
    expect(given(stint, served).when('checkOut', input, at('2026-10-01T13:10:00.000Z'))).toEqual([])
  })
})
