import { anOfficer, given } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import type { RosterEvent } from './events.ts'
import { roster } from './roster.ts'

const shift = { id: 'a-1', unit: 'volunteers', status: 'open', activity: null, from: '2026-10-02T08:00:00.000Z', to: '2026-10-02T10:00:00.000Z', seats: 1 }
const as = (person: string, more: object = {}) => ({ actor: { ...anOfficer, person }, facts: { shift, clash: null, ...more } })
const fact = (type: RosterEvent['type'], person: string): RosterEvent => ({ type, data: { shift: 'a-1', person } })
const input = { shift: 'a-1' }
const full = [fact('volunteers.signed-up.v1', 'li'), fact('volunteers.put-on-waitlist.v1', 'wang'), fact('volunteers.put-on-waitlist.v1', 'zhao')]

describe('a roster', () => {
  it('[VL-03] gives a seat while there is one, then a place on the waitlist', () => {
    expect(given(roster).when('signUp', input, as('li'))).toEqual(full.slice(0, 1))
    expect(given(roster, full.slice(0, 1)).when('signUp', input, as('wang'))).toEqual(full.slice(1, 2))
  })

  it('[VL-03] says nothing new to who is on it or waits already', () => {
    expect(given(roster, full).when('signUp', input, as('li'))).toEqual([])
    expect(given(roster, full).when('signUp', input, as('wang'))).toEqual([])
  })

  it('[VL-03] refuses a sign-up that overlaps another shift of the same person', () => {
    const clash = { shift: 'b-2', from: '2026-10-02T09:00:00.000Z', to: '2026-10-02T11:00:00.000Z', minutes: 120 }
    expect(() => given(roster).when('signUp', input, as('li', { clash }))).toThrow(
      expect.objectContaining({ code: 'overlapping-shift', params: { shift: 'b-2', from: clash.from, to: clash.to } }),
    )
  })

  it.each([
    ['shift-closed', as('li', { shift: { ...shift, status: 'closed' } })],
    ['shift-over', { ...as('li'), now: shift.to }],
    ['person-needed', { ...as('li'), actor: { ...anOfficer, person: null } }],
  ])('[VL-03] refuses a sign-up that cannot be served: %s', (code, context) => {
    expect(() => given(roster).when('signUp', input, context)).toThrow(expect.objectContaining({ code }))
  })

  it('[VL-03] moves the first of the waitlist up when a seat is given back', () => {
    expect(given(roster, full).when('withdrawSignUp', input, as('li'))).toEqual([
      fact('volunteers.sign-up-withdrawn.v1', 'li'),
      fact('volunteers.moved-up.v1', 'wang'),
    ])
    expect(given(roster, [...full, fact('volunteers.sign-up-withdrawn.v1', 'li'), fact('volunteers.moved-up.v1', 'wang')]).state).toEqual({
      status: 'kept',
      seated: ['wang'],
      waiting: ['zhao'],
      left: ['li'],
    })
  })

  it('[VL-03] moves nobody up when a waiting person leaves, or when the shift is closed', () => {
    expect(given(roster, full).when('withdrawSignUp', input, as('zhao'))).toEqual([fact('volunteers.sign-up-withdrawn.v1', 'zhao')])
    const closed = as('li', { shift: { ...shift, status: 'closed' } })
    expect(given(roster, full).when('withdrawSignUp', input, closed)).toEqual([fact('volunteers.sign-up-withdrawn.v1', 'li')])
  })

  it('[VL-03] lets nobody leave twice, unseen, or after the shift began', () => {
    const left = [...full, fact('volunteers.sign-up-withdrawn.v1', 'zhao')]
    expect(given(roster, left).when('withdrawSignUp', input, as('zhao'))).toEqual([])
    expect(() => given(roster, full).when('withdrawSignUp', input, as('sun'))).toThrow(expect.objectContaining({ code: 'not-signed-up' }))
    expect(() => given(roster, full).when('withdrawSignUp', input, { ...as('li'), now: shift.from })).toThrow(expect.objectContaining({ code: 'shift-begun' }))
    expect(() => given(roster, full).when('withdrawSignUp', input, { ...as('li'), actor: { ...anOfficer, person: null } })).toThrow(
      expect.objectContaining({ code: 'person-needed' }),
    )
  })

  it('[VL-03] takes back who had left, at the end', () => {
    const left = [...full, fact('volunteers.sign-up-withdrawn.v1', 'li'), fact('volunteers.moved-up.v1', 'wang')]
    expect(given(roster, left).when('signUp', input, as('li'))).toEqual([fact('volunteers.put-on-waitlist.v1', 'li')])
  })
})
