import { textOf, utf8 } from '@collegium/shared/evidence/bytes.ts'
import { idInLog, parseEntry } from '@collegium/shared/evidence/entry.ts'
import { decodeBundle, type Tile, tilePath, tileWidth } from '@collegium/shared/evidence/tiles.ts'
import { type Files, findTile } from './files.ts'

/** A fact's place in a log and the bytes of its entry. */
export type FoundEntry = { readonly index: number; readonly bytes: Uint8Array }

/** What the texts of an entry must contain, canonical as it is. */
const marksOf = (wanted: string): string[] => {
  const position = /^([^/]+)\/(\d+)\/(\d+)$/.exec(wanted)
  if (position) return [`"source":"${position[1]}"`, `"shard":"${position[2]}"`, `"position":"${position[3]}"`]
  const version = /^([^/]+)\/(.+)\/(\d+)$/.exec(wanted)
  if (version) return [`"source":"${version[1]}"`, `"stream":${JSON.stringify(version[2])}`, `"version":"${version[3]}"`]
  return [`"id":"${idInLog(wanted)}"`]
}

/**
 * Looks for the fact with this id, service/shard/position or service/stream/version among the first `size` entries; null = it is not there.
 * The bytes of a bundle are searched first: few of them need to be taken apart. `see` hears how many entries were passed.
 */
export const findEntry = (files: Files, size: number, wanted: string, see: (done: number) => void): FoundEntry | null => {
  const marks = marksOf(wanted)
  const rarest = utf8(marks.at(marks.length === 1 ? 0 : 1) as string)
  for (let index = 0; index * tileWidth < size; index++) {
    see(index * tileWidth)
    const found = findTile(files, { level: 'entries', index, width: Math.min(tileWidth, size - index * tileWidth) })
    if (!found || Buffer.from(found.bytes.buffer, found.bytes.byteOffset, found.bytes.length).indexOf(rarest) < 0) continue
    const entries = decodeBundle(found.bytes, found.width).slice(0, size - index * tileWidth)
    const at = entries.findIndex((entry) => holds(entry, marks))
    if (at >= 0) return { index: index * tileWidth + at, bytes: entries[at] as Uint8Array }
  }
  return null
}

const holds = (bytes: Uint8Array, marks: readonly string[]): boolean => {
  const text = textOf(bytes)
  return marks.every((mark) => text.includes(mark)) && parseEntry(text) !== null
}

/** The index of a leaf hash among the first `size` leaves, by the tiles; null = it is not there. */
export const findLeaf = (files: Files, size: number, leaf: Uint8Array): number | null => {
  for (let index = 0; index * tileWidth < size; index++) {
    const found = findTile(files, { level: 0, index, width: Math.min(tileWidth, size - index * tileWidth) })
    if (!found) continue
    const bytes = Buffer.from(found.bytes.buffer, found.bytes.byteOffset, found.bytes.length)
    for (let at = bytes.indexOf(leaf); at >= 0; at = bytes.indexOf(leaf, at + 1)) {
      if (at % 32 === 0 && index * tileWidth + at / 32 < size) return index * tileWidth + at / 32
    }
  }
  return null
}

/** Reads tiles for hashes out of a log's files, each once. Throws a RangeError for one that is missing. */
export const tilesOf = (files: Files): ((tile: Tile) => Uint8Array) => {
  const known = new Map<string, Uint8Array>()
  return (tile) => {
    const path = tilePath(tile)
    const bytes = known.get(path) ?? findTile(files, tile)?.bytes.subarray(0, tile.width * 32)
    if (!bytes) throw new RangeError(`${path} is missing`)
    known.set(path, bytes)
    return bytes
  }
}
