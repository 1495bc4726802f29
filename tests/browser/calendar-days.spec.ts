import { describe, expect, it } from 'vitest'
import { byDay, shownDays, stepped } from '../../services/console/src/pages/activities/calendar-days.ts'

describe('[AC-13] The calendar of activities', () => {
  it('shows whole weeks from Monday: of a month, or one', () => {
    const month = shownDays('2026-11-21', 'month')
    expect([month[0], month.at(-1), month.length]).toEqual(['2026-10-26', '2026-12-06', 42])
    expect(shownDays('2027-02-10', 'month')).toHaveLength(28)
    expect(shownDays('2026-11-21', 'week')).toEqual(['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'])
  })

  it('steps over the ends of years and short months', () => {
    expect([stepped('2026-12-31', 'month', 1), stepped('2026-01-31', 'month', 1), stepped('2026-03-31', 'month', -1)]).toEqual([
      '2027-01-01',
      '2026-02-01',
      '2026-02-01',
    ])
    expect(stepped('2026-12-31', 'week', 1)).toBe('2027-01-07')
  })

  it('lays an activity on the days of the campus, not on those of UTC', () => {
    const late = { startsAt: '2026-11-20T16:30:00.000Z', endsAt: '2026-11-20T18:00:00.000Z' }
    const long = { startsAt: '2026-11-20T02:00:00.000Z', endsAt: '2026-11-22T16:00:00.000Z' }
    expect([...byDay([late, long], 'Asia/Shanghai')].map(([day, items]) => [day, items.length]).toSorted()).toEqual([
      ['2026-11-20', 1],
      ['2026-11-21', 2],
      ['2026-11-22', 1],
    ])
    expect([...byDay([late], 'UTC').keys()]).toEqual(['2026-11-20'])
  })
})
