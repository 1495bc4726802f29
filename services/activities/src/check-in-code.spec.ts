import { describe, expect, it } from 'vitest'
import { codeAt, judgeCode, shownCode } from './check-in-code.ts'

const master = Buffer.alloc(32, 7)
const shown = '2026-10-23T08:00:10.000Z'
const later = (seconds: number): string => new Date(Date.parse(shown) + seconds * 1000).toISOString()

describe('[AC-02] the rotating code', () => {
  const { code, payload, validUntil } = shownCode(master, 'festival', shown)

  it('is shown until the next one', () => {
    expect(validUntil).toBe('2026-10-23T08:00:30.000Z')
    expect(codeAt(master, 'festival', validUntil)).not.toBe(code)
  })

  it.each([0, 19, 49])('is taken %i seconds later', (seconds) => {
    expect(judgeCode(master, 'festival', code, later(seconds), [])).toBe('valid')
    expect(judgeCode(master, 'festival', payload, later(seconds), [])).toBe('valid')
    expect(judgeCode(master, 'festival', code.toLowerCase(), later(seconds), [])).toBe('valid')
  })

  it.each([50, 3_000])('has expired %i seconds later', (seconds) => {
    expect(judgeCode(master, 'festival', code, later(seconds), [])).toBe('expired')
  })

  it('is not one of the future, of another key, or of nothing', () => {
    expect(judgeCode(master, 'festival', code, later(-60), [])).toBe('wrong')
    expect(judgeCode(Buffer.alloc(32, 8), 'festival', code, shown, [])).toBe('wrong')
    expect(judgeCode(master, 'festival', '', shown, [])).toBe('wrong')
  })

  it('is recognized as that of another activity, by its picture or by trying', () => {
    const other = shownCode(master, 'sports', shown)
    expect(judgeCode(master, 'festival', other.payload, shown, [])).toBe('another-activity')
    expect(judgeCode(master, 'festival', other.code, shown, ['sports'])).toBe('another-activity')
  })
})
