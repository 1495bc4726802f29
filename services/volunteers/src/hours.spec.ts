import { anOfficer, given } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import type { StintEvent } from './events.ts'
import { stint } from './stint.ts'

const shift = {
  id: 's',
  unit: 'volunteers',
  status: 'closed',
  activity: 'act',
  from: '2026-10-01T08:00:00.000Z',
  to: '2026-10-01T10:00:00.000Z',
  seats: 1,
}
const policies = { 'volunteer-hours.grace-minutes': 30, 'volunteer-hours.per-day.max-minutes': 240 }
const host = { ...anOfficer, person: 'host' }
const li = { ...anOfficer, person: 'li' }
const facts = { shift, near: [], timezone: 'Asia/Shanghai', inside: false, seated: true }
const context = { actor: host, policies, facts }

const who = { person: 'li', shift: 's' }
const span = { from: '2026-10-01T08:00:00.000Z', to: '2026-10-01T10:00:00.000Z' }
const served: StintEvent[] = [
  { type: 'volunteers.volunteer-checked-in.v1', data: { ...who, at: span.from } },
  { type: 'volunteers.volunteer-checked-out.v1', data: { ...who, at: span.to, minutes: 120 } },
]
const confirmed: StintEvent = { type: 'volunteers.hours-confirmed.v1', data: { ...who, ...span, minutes: 120, activity: 'act' } }
const reason = 'The phone was dead.'
const entered: StintEvent = { type: 'volunteers.hours-entered.v1', data: { ...who, ...span, minutes: 120, reason, evidence: ['a photo'], by: 'host' } }
const entry = { ...who, ...span, reason, evidence: ['a photo'] }
const code = (code: string) => expect.objectContaining({ code })
const near = (from: string, to: string, minutes: number) => ({ ...context, facts: { ...facts, near: [{ shift: 'other', from, to, minutes }] } })

describe('hours that were checked in and out', () => {
  it('[VL-04] count when the host confirms them, once', () => {
    expect(given(stint, served).when('confirmHours', {}, context)).toEqual([confirmed])
    expect(given(stint, [...served, confirmed]).when('confirmHours', {}, context)).toEqual([])
  })

  it('[VL-04] may be confirmed for fewer minutes, never for more', () => {
    expect(given(stint, served).when('confirmHours', { minutes: 90 }, context)).toEqual([{ ...confirmed, data: { ...confirmed.data, minutes: 90 } }])
    expect(() => given(stint, served).when('confirmHours', { minutes: 121 }, context)).toThrow(code('more-than-served'))
  })

  it('[VL-04] are never confirmed, entered or refused by the volunteer', () => {
    const own = { ...context, actor: li }
    expect(() => given(stint, served).when('confirmHours', {}, own)).toThrow(code('own-hours'))
    expect(() => given(stint).when('enterHours', entry, own)).toThrow(code('own-hours'))
    expect(() => given(stint, [entered]).when('countersignHours', {}, own)).toThrow(code('own-hours'))
    expect(() => given(stint, served).when('refuseHours', { ground: 'Left early.' }, own)).toThrow(code('own-hours'))
    expect(() => given(stint).when('noteNoShow', who, own)).toThrow(code('own-hours'))
  })

  it('[VL-04] are refused where other confirmed hours lie in the same time', () => {
    expect(() => given(stint, served).when('confirmHours', {}, near('2026-10-01T09:59:00.000Z', '2026-10-01T11:00:00.000Z', 61))).toThrow(
      code('overlapping-hours'),
    )
    expect(given(stint, served).when('confirmHours', {}, near('2026-10-01T10:00:00.000Z', '2026-10-01T11:00:00.000Z', 60))).toEqual([confirmed])
  })

  it('[VL-04] are refused beyond what a day holds, by the day of the place', () => {
    const sameDay = near('2026-09-30T16:00:00.000Z', '2026-09-30T18:01:00.000Z', 121)
    expect(() => given(stint, served).when('confirmHours', {}, sameDay)).toThrow(
      expect.objectContaining({ code: 'too-much-a-day', params: { max: 240, day: '2026-10-01', total: 241 } }),
    )
    const dayBefore = near('2026-09-30T13:00:00.000Z', '2026-09-30T15:01:00.000Z', 121)
    expect(given(stint, served).when('confirmHours', {}, dayBefore)).toEqual([confirmed])
  })

  it('[VL-04] cannot be confirmed before they are served', () => {
    expect(() => given(stint, served.slice(0, 1)).when('confirmHours', {}, context)).toThrow(code('stint-status'))
    expect(() => given(stint).when('confirmHours', {}, { ...context, facts: null })).toThrow(code('stint-status'))
  })

  it('[VL-04] may be refused with a ground, once, until they are confirmed', () => {
    const refused = given(stint, served).when('refuseHours', { ground: 'Left early.' }, context)
    expect(refused).toEqual([{ type: 'volunteers.hours-refused.v1', data: { ...who, ground: 'Left early.' } }])
    expect(given(stint, [...served, ...refused] as StintEvent[]).when('refuseHours', { ground: 'Left early.' }, context)).toEqual([])
    expect(() => given(stint, [...served, confirmed]).when('refuseHours', { ground: 'Left early.' }, context)).toThrow(code('stint-status'))
  })
})

describe('hours entered by hand', () => {
  it('[VL-04] carry a reason and evidence, and count nothing by themselves', () => {
    expect(given(stint).when('enterHours', entry, context)).toEqual([entered])
    expect(given(stint, [entered]).when('enterHours', entry, context)).toEqual([])
    expect(() => given(stint, [entered]).when('confirmHours', {}, { ...context, actor: { ...host, person: 'other' } })).toThrow(code('second-confirmer'))
  })

  it('[VL-04] count when a second person outside the unit countersigns them, once', () => {
    const second = { ...context, actor: { ...host, person: 'second' } }
    expect(given(stint, [entered]).when('countersignHours', {}, second)).toEqual([confirmed])
    expect(given(stint, [entered, confirmed]).when('countersignHours', {}, second)).toEqual([])
    expect(() => given(stint, [entered]).when('countersignHours', {}, context)).toThrow(code('same-confirmer'))
    expect(() => given(stint, [entered]).when('countersignHours', {}, { ...second, facts: { ...facts, inside: true } })).toThrow(code('confirmer-inside'))
    expect(() => given(stint, served).when('countersignHours', {}, second)).toThrow(code('stint-status'))
  })

  it.each([
    ['out-before-in', { to: span.from }],
    ['hours-ahead', { to: '2026-10-01T12:00:00.001Z' }],
    ['hours-outside-shift', { from: '2026-10-01T07:29:00.000Z' }],
    ['hours-outside-shift', { to: '2026-10-01T10:31:00.000Z' }],
    ['impossible-hours', { from: '2026-10-01T07:30:00.000Z', to: '2026-10-01T10:30:00.000Z' }],
  ])('[VL-04] are refused when they cannot be: %s', (refusal, times) => {
    expect(() => given(stint).when('enterHours', { ...entry, ...times }, context)).toThrow(code(refusal))
  })

  it('[VL-04] are refused over confirmed hours, at entry and at the countersignature', () => {
    const taken = near('2026-10-01T09:00:00.000Z', '2026-10-01T09:30:00.000Z', 30)
    expect(() => given(stint).when('enterHours', entry, taken)).toThrow(code('overlapping-hours'))
    expect(() => given(stint, [entered]).when('countersignHours', {}, { ...taken, actor: { ...host, person: 'second' } })).toThrow(code('overlapping-hours'))
  })

  it('[VL-04] do not replace what was checked out or confirmed, but settle a dispute after a refusal', () => {
    expect(() => given(stint, served).when('enterHours', entry, context)).toThrow(code('stint-status'))
    expect(() => given(stint, [...served, confirmed]).when('enterHours', entry, context)).toThrow(code('stint-status'))
    const refused: StintEvent = { type: 'volunteers.hours-refused.v1', data: { ...who, ground: 'Left early.' } }
    expect(given(stint, [...served, refused]).when('enterHours', entry, context)).toEqual([entered])
  })
})

describe('who did not come', () => {
  it('[VL-03] is noted once when the shift is over', () => {
    const noted = given(stint).when('noteNoShow', who, context)
    expect(noted).toEqual([{ type: 'volunteers.no-show-noted.v1', data: who }])
    expect(given(stint, noted as StintEvent[]).when('noteNoShow', who, context)).toEqual([])
  })

  it('[VL-03] must have had a seat and no check-in, and the shift must be over', () => {
    expect(() => given(stint).when('noteNoShow', who, { ...context, facts: { ...facts, seated: false } })).toThrow(code('not-on-roster'))
    expect(() => given(stint, served).when('noteNoShow', who, context)).toThrow(code('stint-status'))
    expect(() => given(stint).when('noteNoShow', who, { ...context, now: '2026-10-01T09:59:59.000Z' })).toThrow(code('shift-not-over'))
  })
})
