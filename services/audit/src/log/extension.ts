import { sameBytes, textOf, utf8 } from '@collegium/shared/evidence/bytes.ts'
import { leafHash } from '@collegium/shared/evidence/digest.ts'
import { decodeBundle, encodeBundle, hashesIn, type Tile, tileAt, tilePath, tilesBetween, tilesFor, tileWidth } from '@collegium/shared/evidence/tiles.ts'
import { type Frontier, frontier, rootOf } from '@collegium/shared/evidence/tree.ts'
import { type Files, writeForGood } from './files.ts'
import type { Head } from './head.ts'
import { LogRefused } from './refused.ts'

const hashSize = 32
const levelsInTile = 8

/** The right edge of the log's tree as its files have it. Throws LogRefused unless they give the root of this head. */
export const edgeOf = async (files: Files, head: Head): Promise<Frontier> => {
  const read = await hashesOnDisk(files, head.size, (hash) => frontier(head.size, hash))
  const edge = frontier(head.size, read)
  if (!sameBytes(edge.root(), head.root))
    throw new LogRefused(
      `The files of the log do not give the root of its ${head.size} entries: they are older than its checkpoint, or damaged. Restore them from a mirror`,
    )
  return edge
}

/** Reads hashes of a log of `size` entries out of its files: those that `work` asks for. Throws LogRefused where a file is missing. */
export const hashesOnDisk = async (files: Files, size: number, work: Parameters<typeof tilesFor>[1]) => {
  // All at once: each is several calls that wait for a thread, and who waits for a proof would wait for their sum.
  const tiles = new Map(await Promise.all(tilesFor(size, work).map(async (tile) => [tilePath(tile), await tileOnDisk(files, tile)] as const)))
  return hashesIn(size, (tile) => tiles.get(tilePath(tile)) as Uint8Array)
}

const tileOnDisk = async (files: Files, tile: Tile): Promise<Uint8Array> => {
  const exact = await files.read(tilePath(tile))
  // What was partial is removed when it is full; its beginning is the same.
  const bytes = exact ?? (tile.width < tileWidth ? await files.read(tilePath({ ...tile, width: tileWidth })) : null)
  if (bytes === null)
    throw new LogRefused(`The log lacks its file ${tilePath(tile)}: its files are older than its checkpoint, or damaged. Restore them from a mirror`)
  return exact !== null || tile.level === 'entries' ? bytes : bytes.slice(0, tile.width * hashSize)
}

/**
 * Writes the files for entries that follow a head, for good, reads them back and computes the root from the entries in them, by another way
 * than the one that wrote them. Returns the new head. Throws where what was read is not what was meant: nothing may be signed then.
 */
export const extend = async (files: Files, head: Head, entries: readonly string[]): Promise<Head> => {
  const size = head.size + entries.length
  const bytes = entries.map(utf8)
  const hashes = rowsOf(await edgeOf(files, head), bytes.map(leafHash))
  const tiles = tilesBetween(head.size, size)
  const written: [string, Uint8Array][] = []
  for (const tile of tiles) written.push([tilePath(tile), await contentOf(files, tile, head.size, bytes, hashes)])
  await writeForGood(files, written)
  const root = await rootReadBack(files, head, size, tiles)
  return { size, root }
}

/** New hashes by level of tiles, in order. */
const rowsOf = (edge: Frontier, leaves: readonly Uint8Array[]): Uint8Array[][] => {
  const rows: Uint8Array[][] = []
  for (const leaf of leaves)
    edge.append(leaf, (level, _index, hash) => {
      const row = level / levelsInTile
      if (!Number.isInteger(row)) return
      rows[row] ??= []
      rows[row].push(hash)
    })
  return rows
}

const contentOf = async (files: Files, tile: Tile, from: number, entries: readonly Uint8Array[], rows: readonly Uint8Array[][]): Promise<Uint8Array> => {
  const had = tile.level === 'entries' ? from : Math.floor(from / tileWidth ** tile.level)
  const [start, end] = [tile.index * tileWidth, tile.index * tileWidth + tile.width]
  const old = start < had ? await tileOnDisk(files, tileAt(tile.level, had - 1, from)) : new Uint8Array(0)
  const kept = Math.max(0, had - start)
  const fresh = (all: readonly Uint8Array[]): readonly Uint8Array[] => all.slice(start + kept - had, end - had)
  if (tile.level === 'entries') return encodeBundle([...(kept === 0 ? [] : firstOf(old, kept)), ...fresh(entries)])
  return Buffer.concat([old.subarray(0, kept * hashSize), ...fresh(rows[tile.level] ?? [])])
}

const firstOf = (bundle: Uint8Array, count: number): Uint8Array[] => {
  const entries: Uint8Array[] = []
  for (let at = 0; entries.length < count; ) {
    const length = ((bundle[at] as number) << 8) | (bundle[at + 1] as number)
    entries.push(bundle.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  return entries
}

/** From the entries on disk: their leaf hashes must stand in the tiles, and the old head continued by them must give the root that the tiles give. */
const rootReadBack = async (files: Files, head: Head, size: number, tiles: readonly Tile[]): Promise<Uint8Array> => {
  const edge = await edgeOf(files, head)
  for (const tile of tiles.filter(({ level }) => level === 'entries')) {
    const entries = decodeBundle(await tileOnDisk(files, tile), tile.width)
    const leaves = await tileOnDisk(files, { ...tile, level: 0 })
    for (const [at, entry] of entries.entries()) {
      const leaf = leafHash(utf8(textOf(entry)))
      if (!sameBytes(leaf, leaves.subarray(at * hashSize, (at + 1) * hashSize))) throw new Error(`${tilePath(tile)} was read back with another entry ${at}`)
      if (tile.index * tileWidth + at >= head.size) edge.append(leaf)
    }
  }
  const root = rootOf(size, await hashesOnDisk(files, size, (read) => rootOf(size, read)))
  if (edge.size() !== size || !sameBytes(root, edge.root())) throw new Error(`The log's files were read back with another root for ${size} entries`)
  return root
}
