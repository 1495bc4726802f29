import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'
import type { Cell } from './csv.ts'
import { type Packing, workbook } from './workbook.ts'

/** A workbook of one sheet as a stream; a source that fails ends it with its error. */
export const xlsx = (name: string, pages: AsyncIterable<readonly (readonly Cell[])[]>): AsyncGenerator<Uint8Array, void, undefined> =>
  workbook(name, pages, { deflate, crc32 })

const deflate: Packing['deflate'] = (plain) => {
  const source = Readable.from(plain)
  const packing = source.pipe(createDeflateRaw())
  source.once('error', (error) => packing.destroy(error))
  return packing
}
