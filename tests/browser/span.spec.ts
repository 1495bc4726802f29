import { describe, expect, it } from 'vitest'
import { spanOf } from '../../services/console/src/parts/span.ts'

/** From one instant to another at Shanghai; the platform's spaces may be narrow ones. */
const said = (language: string, from: string, to: string): string =>
  spanOf(language, 'Asia/Shanghai')(new Date(from), new Date(to)).replaceAll(/[\u2009\u202f]/g, ' ')

describe('[PL-10] From when to when', () => {
  it('names a day once where both are on it', () => {
    expect(said('zh-CN', '2026-12-11T06:00:00Z', '2026-12-11T09:00:00Z')).toBe('12月11日周五 14:00–17:00')
    expect(said('en', '2026-12-11T06:00:00Z', '2026-12-11T09:00:00Z')).toBe('Fri, Dec 11, 2:00 – 5:00 PM')
  })

  it('names one moment once', () => {
    expect(said('zh-CN', '2026-12-11T06:00:00Z', '2026-12-11T06:00:00Z')).toBe('12月11日周五 14:00')
    expect(said('en', '2026-12-11T06:00:00Z', '2026-12-11T06:00:00Z')).toBe('Fri, Dec 11, 2:00 PM')
  })

  it('names both days, in the time zone of the place', () => {
    expect(said('zh-CN', '2026-12-11T06:00:00Z', '2026-12-11T17:00:00Z')).toBe('12月11日周五 14:00 – 12月12日周六 01:00')
    expect(said('en', '2026-12-11T06:00:00Z', '2026-12-30T09:00:00Z')).toBe('Fri, Dec 11, 2:00 PM – Wed, Dec 30, 5:00 PM')
  })

  it('names the years where they are two', () => {
    expect(said('zh-CN', '2026-12-31T06:00:00Z', '2027-01-02T09:00:00Z')).toBe('2026年12月31日周四 14:00 – 2027年1月2日周六 17:00')
  })
})
