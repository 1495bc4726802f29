import { nodeHash, sha256 } from '@collegium/shared/evidence/digest.ts'
import { tileWidth } from '@collegium/shared/evidence/tiles.ts'

const hashSize = 32

type Row = { readonly hashes: Uint8Array; count: number; index: number }

/**
 * The tree over leaf hashes given one by one, by another way than the sequencer's: row by row, in pairs, what has no neighbour moves up as
 * it is. `onTile` gets every tile as its bytes must be, whole ones as they fill and the others on `finish`; the bytes are used again afterwards.
 */
export const rebuild = (
  onTile: (level: number, index: number, bytes: Uint8Array) => void,
): { readonly add: (leaf: Uint8Array) => void; readonly root: () => Uint8Array; readonly finish: () => void } => {
  const rows: Row[] = []
  const push = (level: number, hash: Uint8Array): void => {
    let row = rows[level]
    if (!row) {
      row = { hashes: new Uint8Array(tileWidth * hashSize), count: 0, index: 0 }
      rows[level] = row
    }
    row.hashes.set(hash, row.count * hashSize)
    row.count++
    if (row.count < tileWidth) return
    onTile(level, row.index, row.hashes)
    row.count = 0
    row.index++
    push(level + 1, inPairs(hashesOf(row.hashes, tileWidth)))
  }
  return {
    add: (leaf) => push(0, leaf),
    root: () => {
      let right: Uint8Array | null = null
      for (const row of rows) {
        const hashes = [...hashesOf(row.hashes, row.count), ...(right ? [right] : [])]
        if (hashes.length > 0) right = inPairs(hashes)
      }
      return right ?? sha256(new Uint8Array(0))
    },
    finish: () => {
      for (const [level, row] of rows.entries()) if (row.count > 0) onTile(level, row.index, row.hashes.subarray(0, row.count * hashSize))
    },
  }
}

const hashesOf = (bytes: Uint8Array, count: number): Uint8Array[] => Array.from({ length: count }, (_, at) => bytes.slice(at * hashSize, (at + 1) * hashSize))

const inPairs = (hashes: Uint8Array[]): Uint8Array => {
  let row = hashes
  while (row.length > 1) {
    const above: Uint8Array[] = []
    for (let at = 0; at < row.length; at += 2) {
      const [left, right] = [row[at] as Uint8Array, row[at + 1]]
      above.push(right ? nodeHash(left, right) : left)
    }
    row = above
  }
  return row[0] as Uint8Array
}
