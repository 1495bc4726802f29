import { xlsx } from '@collegium/shared/table-file/xlsx.ts'
import { unzip } from '@collegium/shared/testing/unzip.ts'
import { describe, expect, it } from 'vitest'
import { wholeRows } from '../../services/console/src/pages/directory/whole-rows.ts'
import { workbookOf } from '../../services/console/src/pages/directory/workbook-file.ts'
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
    const found = wholeRows([bytes(head), bytes('p-1,A\r\np-2,'), bytes('B\r\np-3,')], 'csv')
    expect([found?.rows, found?.last, new TextDecoder().decode(found?.bytes)]).toEqual([2, 'p-2', `${head}p-1,A\r\np-2,B\r\n`])
  })

  it('begins again where not one row came whole', () => {
    expect([wholeRows([], 'csv'), wholeRows([bytes('id,name\r\n')], 'csv'), wholeRows([bytes('id,name\r\np-1')], 'csv')]).toEqual([null, null, null])
  })

  it('is taken up likewise where a workbook is made of it, which is the one that the server makes', async () => {
    const rows = [
      ['id', 'name'],
      ['p-1', '张,"伟"\n=1'],
      ['p-2', null],
      ['p-3', 'B'],
    ]
    const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
    const whole = bytes(text)
    // Wherever the line broke, also within a letter.
    for (let at = 0; at <= whole.length; at++) {
      const found = wholeRows([whole.slice(0, at)], 'xlsx')
      expect(text).toContain(new TextDecoder().decode(found?.bytes ?? new Uint8Array()))
      expect(found?.rows ?? 0).toBe(Math.max(0, new TextDecoder().decode(whole.slice(0, at)).split('\n').length - 2))
    }
    async function* pages() {
      yield rows
    }
    const parts: Uint8Array[] = []
    for await (const part of xlsx('people', pages())) parts.push(part)
    const here = await workbookOf('people', [whole.slice(0, 31), whole.slice(31, 33), whole.slice(33)])
    const files = unzip(Buffer.from(await here.arrayBuffer()))
    const sheet = 'xl/worksheets/sheet1.xml'
    expect(files.get(sheet)?.match(/<row>/g)).toHaveLength(4)
    expect([...files]).toEqual([...unzip(Buffer.concat(parts))])
  })
})
