import { anOfficer, given, theSystem } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import { enrolment } from './enrolment.ts'

const input = { activity: 'festival' }
const data = (person: string) => ({ activity: 'festival', person })
const registered = (person: string) => ({ type: 'activities.registered.v1' as const, data: data(person) })
const waitlisted = (person: string) => ({ type: 'activities.waitlisted.v1' as const, data: data(person) })
const promoted = (person: string) => ({ type: 'activities.promoted.v1' as const, data: data(person) })
const cancelled = (person: string) => ({ type: 'activities.registration-cancelled.v1' as const, data: data(person) })
const left = (person: string) => ({ type: 'activities.waitlist-left.v1' as const, data: data(person) })

const facts = (capacity: number, more: object = {}) => ({
  activity: { status: 'registering', registration: { capacity, until: '2026-10-22T12:00:00.000Z' }, proposal: { openTo: 'union' }, ...more },
  eligible: true,
})
const as = (person: string, capacity = 2) => ({ actor: { ...anOfficer, person }, facts: facts(capacity) })

describe('[AC-02] registration', () => {
  it('takes a place while there is one, and then a place in the queue', () => {
    expect(given(enrolment).when('registerForActivity', input, as('p-1'))).toEqual([registered('p-1')])
    expect(given(enrolment, [registered('p-1')]).when('registerForActivity', input, as('p-2'))).toEqual([registered('p-2')])
    expect(given(enrolment, [registered('p-1'), registered('p-2')]).when('registerForActivity', input, as('p-3'))).toEqual([waitlisted('p-3')])
  })

  it('said twice says nothing, in a place or in the queue', () => {
    const past = [registered('p-1'), registered('p-2'), waitlisted('p-3')]
    expect(given(enrolment, past).when('registerForActivity', input, as('p-1'))).toEqual([])
    expect(given(enrolment, past).when('registerForActivity', input, as('p-3'))).toEqual([])
  })

  it('nobody overtakes those who wait', () => {
    const past = [registered('p-1'), registered('p-2'), waitlisted('p-3')]
    expect(given(enrolment, past).when('registerForActivity', input, as('p-4', 5))).toEqual([waitlisted('p-4')])
  })

  it('is for those whom the activity is open to', () => {
    expect(() => given(enrolment).when('registerForActivity', input, { facts: { ...facts(2), eligible: false } })).toThrow('open to the union only')
  })

  it('is for people, not for tokens without one', () => {
    expect(() => given(enrolment).when('registerForActivity', input, { actor: theSystem, facts: facts(2) })).toThrow('This needs a person')
  })

  it('is open as long as it was announced to be', () => {
    expect(() => given(enrolment).when('registerForActivity', input, { facts: { activity: { status: 'none' }, eligible: true } })).toThrow(
      'There is no activity',
    )
    expect(() => given(enrolment).when('registerForActivity', input, { facts: facts(2, { status: 'held' }) })).toThrow('Registration is not open: held')
    expect(() => given(enrolment).when('registerForActivity', input, { facts: facts(2), now: '2026-10-22T12:00:00.001Z' })).toThrow('until 2026-10-22')
  })

  it('a desk registers others', () => {
    expect(given(enrolment).when('registerAtDesk', data('p-9'), { facts: facts(2) })).toEqual([registered('p-9')])
    expect(given(enrolment, [registered('p-9')]).when('registerAtDesk', data('p-9'), { facts: facts(2) })).toEqual([])
  })
})

describe('[AC-02] the waitlist', () => {
  const full = [registered('p-1'), registered('p-2'), waitlisted('p-3'), waitlisted('p-4')]

  it('the first who waits takes a place that is given back', () => {
    expect(given(enrolment, full).when('cancelRegistration', input, as('p-1'))).toEqual([cancelled('p-1'), promoted('p-3')])
    expect(given(enrolment, [...full, cancelled('p-1'), promoted('p-3')]).state).toMatchObject({
      taken: 2,
      waiting: ['p-4'],
      places: { 'p-2': true, 'p-3': true },
    })
  })

  it('leaving the queue moves nobody up', () => {
    expect(given(enrolment, full).when('cancelAtDesk', data('p-3'), { facts: facts(2) })).toEqual([left('p-3')])
  })

  it('cancelling twice, or without a place, says nothing', () => {
    expect(given(enrolment, [registered('p-1'), cancelled('p-1')]).when('cancelRegistration', input, as('p-1'))).toEqual([])
    expect(given(enrolment).when('cancelRegistration', input, as('p-1'))).toEqual([])
  })

  it('a place is kept once the activity was held', () => {
    const held = { actor: { ...anOfficer, person: 'p-1' }, facts: facts(2, { status: 'held' }) }
    expect(() => given(enrolment, [registered('p-1')]).when('cancelRegistration', input, held)).toThrow('Registration is not open')
  })

  it('a higher capacity seats those who wait, in their order', () => {
    expect(given(enrolment, full).when('fillPlaces', input, { actor: theSystem, facts: facts(3) })).toEqual([promoted('p-3')])
    expect(given(enrolment, full).when('fillPlaces', input, { actor: theSystem, facts: facts(9) })).toEqual([promoted('p-3'), promoted('p-4')])
    expect(given(enrolment, full).when('fillPlaces', input, { actor: theSystem, facts: facts(2) })).toEqual([])
    expect(given(enrolment).when('fillPlaces', input, { actor: theSystem, facts: facts(2) })).toEqual([])
  })
})
