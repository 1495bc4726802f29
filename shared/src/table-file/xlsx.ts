import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'
import type { Cell } from './csv.ts'

/** A workbook of one sheet, written as its rows come: every text stands in its own cell as text, so that none is taken for a formula. */
export async function* xlsx(name: string, pages: AsyncIterable<readonly (readonly Cell[])[]>): AsyncGenerator<Buffer, void, undefined> {
  const entries: Entry[] = []
  let offset = 0
  const count = (bytes: Buffer): Buffer => {
    offset += bytes.length
    return bytes
  }
  for (const [path, text] of frame(name)) for await (const bytes of entry(entries, offset, path, once(text))) yield count(bytes)
  for await (const bytes of entry(entries, offset, 'xl/worksheets/sheet1.xml', sheet(pages))) yield count(bytes)
  const directory = Buffer.concat(entries.map(central))
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  yield directory
  yield end
}

type Entry = { readonly path: Buffer; readonly at: number; crc: number; packed: number; plain: number }

/** Sizes and checksum follow the content: a length is not known before it was sent. */
const sizesFollow = 0x0808
const deflated = 8

async function* entry(entries: Entry[], at: number, path: string, text: AsyncIterable<string>): AsyncGenerator<Buffer, void, undefined> {
  const mine: Entry = { path: Buffer.from(path), at, crc: 0, packed: 0, plain: 0 }
  entries.push(mine)
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(sizesFollow, 6)
  head.writeUInt16LE(deflated, 8)
  head.writeUInt16LE(mine.path.length, 26)
  yield Buffer.concat([head, mine.path])
  async function* counted(): AsyncGenerator<Buffer, void, undefined> {
    for await (const part of text) {
      const bytes = Buffer.from(part)
      mine.crc = crc32(bytes, mine.crc)
      mine.plain += bytes.length
      yield bytes
    }
  }
  const source = Readable.from(counted())
  const packing = source.pipe(createDeflateRaw())
  source.once('error', (error) => packing.destroy(error))
  for await (const bytes of packing) {
    mine.packed += (bytes as Buffer).length
    yield bytes as Buffer
  }
  const tail = Buffer.alloc(16)
  tail.writeUInt32LE(0x08074b50, 0)
  tail.writeUInt32LE(mine.crc, 4)
  tail.writeUInt32LE(mine.packed, 8)
  tail.writeUInt32LE(mine.plain, 12)
  yield tail
}

const central = ({ path, at, crc, packed, plain }: Entry): Buffer => {
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(20, 6)
  head.writeUInt16LE(sizesFollow, 8)
  head.writeUInt16LE(deflated, 10)
  head.writeUInt32LE(crc, 16)
  head.writeUInt32LE(packed, 20)
  head.writeUInt32LE(plain, 24)
  head.writeUInt16LE(path.length, 28)
  head.writeUInt32LE(at, 42)
  return Buffer.concat([head, path])
}

async function* once(text: string): AsyncGenerator<string, void, undefined> {
  yield text
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const sheets = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const frame = (name: string): [string, string][] => [
  [
    '[Content_Types].xml',
    `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheets}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${sheets}.worksheet+xml"/></Types>`,
  ],
  [
    '_rels/.rels',
    `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/workbook.xml',
    `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="r1"/></sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  ],
]

async function* sheet(pages: AsyncIterable<readonly (readonly Cell[])[]>): AsyncGenerator<string, void, undefined> {
  yield `${declaration}<worksheet xmlns="${main}"><sheetData>`
  for await (const rows of pages) yield rows.map((cells) => `<row>${cells.map(cellOf).join('')}</row>`).join('')
  yield '</sheetData></worksheet>'
}

const cellOf = (cell: Cell): string => {
  if (cell === null) return '<c/>'
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
}

/** XML has no place for most control characters, and no way to write them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(unwritable, '')
    .replace(/[&<>"]/g, (sign) => signs[sign] as string)
