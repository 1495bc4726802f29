import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unzip } from '../testing/unzip.ts'
import { type Cell, csvLine } from './csv.ts'
import { xlsx } from './xlsx.ts'

/** A reader that knows no more than RFC 4180. */
const parse = (text: string): string[][] => {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      for (at++; !(text[at] === '"' && text[at + 1] !== '"'); at++) {
        if (text[at] === '"') at++
        cell += text[at]
      }
      at++
    } else while (text[at] !== ',' && text[at] !== '\r') cell += text[at++]
    row.push(cell)
    if (text[at] === '\r') {
      rows.push(row)
      row = []
      at += 2
    } else at++
  }
  return rows
}

describe('CSV', () => {
  it('[PL-14] gives back what went in, whatever signs it has, and nothing that a spreadsheet would run', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (table) => {
        const back = parse(table.map(csvLine).join(''))
        for (const [at, row] of back.entries())
          for (const [index, cell] of row.entries()) {
            expect(cell).not.toMatch(/^\s*[=+@\-\t]/)
            expect([table[at]?.[index], `'${table[at]?.[index]}`]).toContain(cell.replace(/^''/, "''"))
          }
        return back.length === table.length
      }),
    )
  })

  it('[PL-14] neutralises formulas, also behind spaces and in full width, and leaves plain texts alone', () => {
    expect(csvLine(['=1+1', '+86', '-2', '@x', '\t=1', ' =cmd', '＝1', 'a=b', '张伟', null, 7])).toBe(`'=1+1,'+86,'-2,'@x,'\t=1,' =cmd,'＝1,a=b,张伟,,7\r\n`)
  })
})

describe('XLSX', () => {
  it('[PL-14] is an archive with one sheet in which every text is a text, formulas too', async () => {
    async function* pages(): AsyncGenerator<Cell[][]> {
      yield [['name', 'number']]
      yield [
        ['=HYPERLINK("http://x")', 12],
        ['<&">\u0001\ud800', null],
      ]
    }
    const parts: Uint8Array[] = []
    for await (const part of xlsx('People & posts', pages())) parts.push(part)
    const files = unzip(Buffer.concat(parts))
    expect([...files.keys()]).toEqual(['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/worksheets/sheet1.xml'])
    expect(files.get('xl/workbook.xml')).toContain('name="People &amp; posts"')
    const sheet = files.get('xl/worksheets/sheet1.xml') as string
    expect(sheet).toContain('<c t="inlineStr"><is><t xml:space="preserve">=HYPERLINK(&quot;http://x&quot;)</t></is></c><c><v>12</v></c>')
    expect(sheet).toContain('&lt;&amp;&quot;&gt;\ufffd</t></is></c><c/>')
    expect(sheet).not.toContain('<f>')
    expect(sheet.match(/<row>/g)).toHaveLength(3)
  })
})
