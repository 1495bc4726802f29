import { describe, expect, it } from 'vitest'
import { endOfDay, startOfDay } from './day.ts'

describe('a day', () => {
  it('[PL-02] begins and ends by the clock of its place', () => {
    expect(startOfDay('2026-09-01', 'Asia/Shanghai')).toBe('2026-08-31T16:00:00.000Z')
    expect(endOfDay('2026-09-01', 'Asia/Shanghai')).toBe('2026-09-01T15:59:59.999Z')
    expect(startOfDay('2026-09-01', 'UTC')).toBe('2026-09-01T00:00:00.000Z')
  })

  it('[PL-02] has 23 or 25 hours when the clock changes', () => {
    const hours = (day: string) => (Date.parse(endOfDay(day, 'Europe/Berlin')) + 1 - Date.parse(startOfDay(day, 'Europe/Berlin'))) / 3_600_000
    expect([hours('2026-03-29'), hours('2026-07-01'), hours('2026-10-25')]).toEqual([23, 24, 25])
  })
})
