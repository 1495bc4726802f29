import { joined } from './bytes.ts'
import { nodeHash } from './digest.ts'
import type { ReadHash } from './tree.ts'

/** The files of a log (c2sp.org/tlog-tiles): 256 hashes or entries a file, fewer at the right edge. */

export const tileWidth = 256
const tileHeight = 8
const hashSize = 32

/** A file: level 0 holds leaf hashes, each higher one a hash a full tile below; `entries` holds the entries themselves. `width` is 1 to 256. */
export type Tile = { readonly level: number | 'entries'; readonly index: number; readonly width: number }

const indexPath = (index: number): string => {
  const text = `${index}`
  const groups = text.padStart(Math.ceil(text.length / 3) * 3, '0').match(/.{3}/g) as string[]
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
}

/** The path of a tile below the log's folder, as `tile/0/x001/234` or `tile/entries/000.p/7`. */
export const tilePath = ({ level, index, width }: Tile): string => `tile/${level}/${indexPath(index)}${width === tileWidth ? '' : `.p/${width}`}`

/** Reads a tile's path, or null where it is none: exactly one text names a tile. */
export const parseTilePath = (path: string): Tile | null => {
  const match = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path)
  if (!match) return null
  const level = match[1] === 'entries' ? 'entries' : Number(match[1])
  const tile: Tile = { level, index: Number((match[2] as string).replace(/[x/]/g, '')), width: match[3] === undefined ? tileWidth : Number(match[3]) }
  return (level === 'entries' || level < 64) && Number.isSafeInteger(tile.index) && tilePath(tile) === path ? tile : null
}

/** How many hashes the tree of `size` leaves has at a level of tiles. */
const rowOf = (level: number, size: number): number => Math.floor(size / tileWidth ** level)

/** The tile that holds the hash or entry `at` of a level in a log of `size` entries. Throws a RangeError where the log has none. */
export const tileAt = (level: number | 'entries', at: number, size: number): Tile => {
  const row = rowOf(level === 'entries' ? 0 : level, size)
  if (!(at >= 0 && at < row)) throw new RangeError(`A log of ${size} entries has no ${at} at level ${level}`)
  const index = Math.floor(at / tileWidth)
  return { level, index, width: Math.min(tileWidth, row - index * tileWidth) }
}

/** All files that a log of `size` entries has and one of `from` entries had not, entries included, lowest level first. */
export const tilesBetween = (from: number, size: number): Tile[] => {
  const tiles: Tile[] = []
  const addRow = (level: number | 'entries', had: number, row: number): void => {
    for (let index = Math.floor(had / tileWidth); index * tileWidth < row; index++) {
      if (row > had) tiles.push({ level, index, width: Math.min(tileWidth, row - index * tileWidth) })
    }
  }
  addRow('entries', from, size)
  for (let level = 0; rowOf(level, size) > 0; level++) addRow(level, rowOf(level, from), rowOf(level, size))
  return tiles
}

/**
 * Reads hashes out of the tiles of a log of `size` entries: `read` gives a tile's bytes, 32 a hash. Hashes between two levels of tiles are
 * computed. Throws a RangeError for a tile of another length than its width says.
 */
export const hashesIn = (size: number, read: (tile: Tile) => Uint8Array): ReadHash => {
  return (level, index) => {
    const row = Math.floor(level / tileHeight)
    const span = 2 ** (level % tileHeight)
    const first = index * span
    const tile = tileAt(row, first, size)
    const bytes = read(tile)
    if (bytes.length !== tile.width * hashSize) throw new RangeError(`${tilePath(tile)} has ${bytes.length} bytes instead of ${tile.width * hashSize}`)
    const start = (first % tileWidth) * hashSize
    if ((first % tileWidth) + span > tile.width) throw new RangeError(`A log of ${size} entries has no hash ${index} at level ${level}`)
    let hashes: Uint8Array[] = Array.from({ length: span }, (_, at) => bytes.slice(start + at * hashSize, start + (at + 1) * hashSize))
    while (hashes.length > 1) hashes = hashes.flatMap((left, at) => (at % 2 === 0 ? [nodeHash(left, hashes[at + 1] as Uint8Array)] : []))
    return hashes[0] as Uint8Array
  }
}

/** The tiles that `work` reads of a log of `size` entries, each once: who must fetch them first learns them by this and works afterwards. */
export const tilesFor = (size: number, work: (read: ReadHash) => unknown): Tile[] => {
  const tiles = new Map<string, Tile>()
  work(
    hashesIn(size, (tile) => {
      tiles.set(tilePath(tile), tile)
      return new Uint8Array(tile.width * hashSize)
    }),
  )
  return [...tiles.values()]
}

/** A bundle of entries: two bytes of length before each. Throws a RangeError for an entry of more than 65,535 bytes. */
export const encodeBundle = (entries: readonly Uint8Array[]): Uint8Array =>
  joined(
    ...entries.flatMap((entry) => {
      if (entry.length > 0xffff) throw new RangeError(`An entry has at most 65,535 bytes, not ${entry.length}`)
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]
    }),
  )

/** The entries of a bundle. Throws a RangeError where it does not hold exactly `width`. */
export const decodeBundle = (bytes: Uint8Array, width: number): Uint8Array[] => {
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    const start = at + 2
    const end = start + (((bytes[at] as number) << 8) | (bytes[at + 1] ?? 0))
    if (start > bytes.length || end > bytes.length) throw new RangeError(`Entry ${entries.length} of a bundle is cut off`)
    entries.push(bytes.subarray(start, end))
    at = end
  }
  if (entries.length !== width) throw new RangeError(`A bundle holds ${entries.length} entries instead of ${width}`)
  return entries
}
