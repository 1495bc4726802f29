import { describe, expect, it } from 'vitest'
import { wholeRows } from '../../services/console/src/pages/directory/whole-rows.ts'
import { dateOf } from '../../services/console/src/parts/date-text.ts'

describe('[PL-10] A day that is typed', () => {
  it.each([
    ['2026-11-25', '2026-11-25'],
    ['2026/1/5', '2026-01-05'],
    ['2026.11.25', '2026-11-25'],
    ['2026年1月5日', '2026-01-05'],
    [' 2028-02-29 ', '2028-02-29'],
  ])('is read however people write it: %s', (typed, day) => expect(dateOf(typed, false)).toBe(day))

  it.each(['', '25', '2026-02-30', '2027-02-29', '2026-13-01', '2026-11-25 17:00', '11/25/2026'])('is none where no calendar has it: %s', (typed) =>
    expect(dateOf(typed, false)).toBe(null),
  )

  it('has a time where one is asked for, and only then is a moment', () => {
    expect(dateOf('2026-11-25 9:05', true)).toBe('2026-11-25T09:05')
    expect(dateOf('2026-11-25T17:00', true)).toBe('2026-11-25T17:00')
    expect(dateOf('2026年11月25日 17：30', true)).toBe('2026-11-25T17:30')
    expect([dateOf('2026-11-25', true), dateOf('2026-11-25 24:00', true), dateOf('2026-11-25 17:60', true)]).toEqual([null, null, null])
  })
})

describe('[PL-14] A list that broke off', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)

  it('is taken up after its last whole row', () => {
    const head = 'id,name\r\n'
    const found = wholeRows([bytes(head), bytes('p-1,A\r\np-2,'), bytes('B\r\np-3,')])
    expect([found?.rows, found?.last, new TextDecoder().decode(found?.bytes)]).toEqual([2, 'p-2', `${head}p-1,A\r\np-2,B\r\n`])
  })

  it('begins again where not one row came whole', () => {
    expect([wholeRows([]), wholeRows([bytes('id,name\r\n')]), wholeRows([bytes('id,name\r\np-1')])]).toEqual([null, null, null])
  })
})
