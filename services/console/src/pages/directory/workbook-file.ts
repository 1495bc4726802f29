import type { Cell } from '@collegium/shared/table-file/csv.ts'
import { type Packing, workbook } from '@collegium/shared/table-file/workbook.ts'

/** A workbook made here, of rows that arrived as JSON arrays, a line each: these go on after a break, a packed file does not. */
export const workbookOf = async (name: string, chunks: readonly Uint8Array<ArrayBuffer>[]): Promise<Blob> => {
  const parts: Uint8Array<ArrayBuffer>[] = []
  for await (const part of workbook(name, pagesIn(chunks), { deflate, crc32 })) parts.push(part)
  return new Blob(parts, { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' })
}

async function* pagesIn(chunks: readonly Uint8Array<ArrayBuffer>[]): AsyncGenerator<Cell[][], void, undefined> {
  const decoder = new TextDecoder()
  let rest = ''
  for (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield lines.map((line) => JSON.parse(line) as Cell[])
  }
}

async function* deflate(plain: AsyncIterable<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const packing = new CompressionStream('deflate-raw')
  const writer = packing.writable.getWriter()
  const writing = (async () => {
    for await (const bytes of plain) await writer.write(bytes)
    await writer.close()
  })().catch((error) => writer.abort(error))
  const reader = packing.readable.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  await writing
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

const crc32: Packing['crc32'] = (bytes, before) => {
  let crc = ~before
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 255] as number)
  return ~crc >>> 0
}
