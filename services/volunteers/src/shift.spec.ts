import { given } from '@collegium/shared/testing/given.ts'
import { describe, expect, it } from 'vitest'
import { shift } from './shift.ts'

const input = {
  unit: 'volunteers',
  title: { en: 'At the door', zh: '门口引导' },
  category: 'information',
  place: 'Hall 2',
  from: '2026-10-02T08:00:00Z',
  to: '2026-10-02T10:00:00Z',
  seats: 3,
}
const policies = { 'volunteer-hours.per-day.max-minutes': 480 }
const alone = { facts: { activity: null }, policies }
const opened = given(shift).when('openShift', input, alone)

describe('a shift', () => {
  it('[VL-03] opens with category, place, time and seats, alone or for an activity', () => {
    expect(opened).toEqual([
      {
        type: 'volunteers.shift-opened.v1',
        data: {
          shift: 'a-1',
          activity: null,
          title: input.title,
          category: 'information',
          place: 'Hall 2',
          from: '2026-10-02T08:00:00.000Z',
          to: '2026-10-02T10:00:00.000Z',
          seats: 3,
        },
      },
    ])
    const [forActivity] = given(shift).when(
      'openShift',
      { ...input, activity: 'act' },
      { facts: { activity: { exists: true, status: 'announced' } }, policies },
    )
    expect(forActivity?.data).toMatchObject({ activity: 'act' })
  })

  it('[VL-03] is not opened twice', () => {
    expect(given(shift, opened).when('openShift', input, alone)).toEqual([])
  })

  it.each([
    ['shift-order', { to: input.from }],
    ['shift-past', { from: '2026-10-01T08:00:00Z', to: '2026-10-01T12:00:00Z' }],
    ['shift-too-long', { to: '2026-10-02T16:01:00Z' }],
  ])('[VL-03] refuses times that cannot be: %s', (code, times) => {
    expect(() => given(shift).when('openShift', { ...input, ...times }, alone)).toThrow(expect.objectContaining({ code }))
  })

  it.each([
    ['unknown-activity', { exists: false, status: '' }],
    ['activity-over', { exists: true, status: 'cancelled' }],
  ])('[VL-03] opens only for an activity that lies ahead: %s', (code, activity) => {
    expect(() => given(shift).when('openShift', { ...input, activity: 'act' }, { facts: { activity }, policies })).toThrow(expect.objectContaining({ code }))
  })

  it('[VL-03] closes once', () => {
    const closed = given(shift, opened).when('closeShift', {})
    expect(closed).toEqual([{ type: 'volunteers.shift-closed.v1', data: { shift: 'a-1' } }])
    expect(given(shift, [...opened, ...closed]).when('closeShift', {})).toEqual([])
  })
})
