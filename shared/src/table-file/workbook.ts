import type { Cell } from './csv.ts'

/** What a workbook is packed with: node has it one way, a browser another. */
export type Packing = {
  /** Raw deflate. */
  readonly deflate: (plain: AsyncIterable<Uint8Array<ArrayBuffer>>) => AsyncIterable<Uint8Array<ArrayBuffer>>
  /** CRC-32 of what came before and these bytes. */
  readonly crc32: (bytes: Uint8Array, before: number) => number
}

/** A workbook of one sheet, written as its rows come: every text stands in its own cell as text, so that none is taken for a formula. */
export async function* workbook(
  name: string,
  pages: AsyncIterable<readonly (readonly Cell[])[]>,
  packing: Packing,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const entries: Entry[] = []
  let offset = 0
  const files: [string, AsyncIterable<string>][] = [
    ...frame(name).map(([path, text]): [string, AsyncIterable<string>] => [path, once(text)]),
    ['xl/worksheets/sheet1.xml', sheet(pages)],
  ]
  for (const [path, text] of files)
    for await (const bytes of entry(entries, offset, path, text, packing)) {
      offset += bytes.length
      yield bytes
    }
  const directory = entries.map(central)
  const length = directory.reduce((sum, each) => sum + each.length, 0)
  yield* directory
  yield record(22, [0, 4, 0x06054b50], [8, 2, entries.length], [10, 2, entries.length], [12, 4, length], [16, 4, offset])
}

type Entry = { readonly path: Uint8Array; readonly at: number; crc: number; packed: number; plain: number }

/** Sizes and checksum follow the content: a length is not known before it was sent. */
const sizesFollow = 0x0808
const deflated = 8
const encoder = new TextEncoder()

/** So many bytes with numbers in them, each `[at, 2 or 4 bytes, value]`, the lowest byte first. */
const record = (length: number, ...numbers: readonly (readonly [at: number, bytes: 2 | 4, value: number])[]): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  for (const [at, width, value] of numbers) width === 2 ? view.setUint16(at, value, true) : view.setUint32(at, value, true)
  return bytes
}

const joined = (head: Uint8Array, path: Uint8Array): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(head.length + path.length)
  bytes.set(head)
  bytes.set(path, head.length)
  return bytes
}

async function* entry(
  entries: Entry[],
  at: number,
  path: string,
  text: AsyncIterable<string>,
  { deflate, crc32 }: Packing,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const mine: Entry = { path: encoder.encode(path), at, crc: 0, packed: 0, plain: 0 }
  entries.push(mine)
  yield joined(record(30, [0, 4, 0x04034b50], [4, 2, 20], [6, 2, sizesFollow], [8, 2, deflated], [26, 2, mine.path.length]), mine.path)
  async function* counted(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
    for await (const part of text) {
      const bytes = encoder.encode(part)
      mine.crc = crc32(bytes, mine.crc)
      mine.plain += bytes.length
      yield bytes
    }
  }
  for await (const bytes of deflate(counted())) {
    mine.packed += bytes.length
    yield bytes
  }
  yield record(16, [0, 4, 0x08074b50], [4, 4, mine.crc], [8, 4, mine.packed], [12, 4, mine.plain])
}

const central = ({ path, at, crc, packed, plain }: Entry): Uint8Array<ArrayBuffer> =>
  joined(
    record(
      46,
      [0, 4, 0x02014b50],
      [4, 2, 20],
      [6, 2, 20],
      [8, 2, sizesFollow],
      [10, 2, deflated],
      [16, 4, crc],
      [20, 4, packed],
      [24, 4, plain],
      [28, 2, path.length],
      [42, 4, at],
    ),
    path,
  )

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
