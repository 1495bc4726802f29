import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from './bytes.ts'
import { leafHash } from './digest.ts'
import { decodeBundle, encodeBundle, hashesIn, parseTilePath, type Tile, tileAt, tilePath, tilesBetween, tilesFor } from './tiles.ts'
import { consistencyProof, frontier, inclusionProof, rootOf, rootOfLeaves } from './tree.ts'

const leavesOf = (size: number): Uint8Array[] => Array.from({ length: size }, (_, at) => leafHash(utf8(`entry ${at}`)))

/** All tiles of hashes, built by the definition: the hash `at` of level l is the root over 256^l leaves. */
const tilesOf = (leaves: readonly Uint8Array[]): Map<string, Uint8Array> => {
  const tiles = new Map<string, Uint8Array>()
  for (const tile of tilesBetween(0, leaves.length)) {
    if (tile.level === 'entries') continue
    const span = 256 ** tile.level
    const hashes = Array.from({ length: tile.width }, (_, at) => rootOfLeaves(leaves, (tile.index * 256 + at) * span, (tile.index * 256 + at + 1) * span))
    tiles.set(tilePath(tile), Buffer.concat(hashes))
  }
  return tiles
}

describe('a tile', () => {
  it('[PL-06] has the published path', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067')
    expect(tilePath({ level: 1, index: 0, width: 17 })).toBe('tile/1/000.p/17')
    expect(tilePath({ level: 'entries', index: 1000, width: 1 })).toBe('tile/entries/x001/000.p/1')
  })

  it('[PL-06] is found by its path, and by no other text', () => {
    fc.assert(
      fc.property(
        fc.record({ level: fc.oneof(fc.nat(63), fc.constant<'entries'>('entries')), index: fc.nat(10 ** 12), width: fc.integer({ min: 1, max: 256 }) }),
        (tile) => {
          expect(parseTilePath(tilePath(tile))).toEqual(tile)
        },
      ),
    )
    const wrong = ['0/00', '0/0000', '00/000', '64/000', '0/000.p/0', '0/000.p/256', '0/000.p/01', '0/x000/001', '0/001/000', '0/000/', '0/../000', '-1/000']
    for (const path of wrong) expect(parseTilePath(`tile/${path}`), path).toBeNull()
  })

  it('[PL-06] exists for a log of 70,000 entries as the published example says', () => {
    const tiles = tilesBetween(0, 70_000)
    const at = (level: Tile['level']): Tile[] => tiles.filter((tile) => tile.level === level)
    expect([at(0).length, at(0).at(-1)?.width, at(1).length, at(1)[0]?.width, at(1)[1]?.width, at(2)]).toEqual([
      274,
      112,
      2,
      256,
      17,
      [{ level: 2, index: 0, width: 1 }],
    ])
    expect(at('entries')).toHaveLength(274)
    expect(tilesBetween(0, 256).filter(({ level }) => level !== 'entries')).toEqual([
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ])
  })

  it('[PL-06] is new exactly where the log grew', () => {
    fc.assert(
      fc.property(fc.nat(1200), fc.nat(1200), (from, more) => {
        const before = new Set(tilesBetween(0, from).map(tilePath))
        const after = tilesBetween(0, from + more).map(tilePath)
        expect(tilesBetween(from, from + more).map(tilePath)).toEqual(after.filter((path) => !before.has(path)))
      }),
    )
  })

  it('[PL-06] gives every hash that roots and proofs need, as the leaves themselves do', () => {
    const leaves = leavesOf(1500)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1500 }), fc.nat(), (size, seed) => {
        const some = leaves.slice(0, size)
        const tiles = tilesOf(some)
        const seen: string[] = []
        const read = hashesIn(size, (tile) => {
          seen.push(tilePath(tile))
          return tiles.get(tilePath(tile)) as Uint8Array
        })
        const hashes = new Map<string, Uint8Array>()
        const edge = frontier()
        for (const leaf of some) edge.append(leaf, (level, index, hash) => hashes.set(`${level} ${index}`, hash))
        const known = (level: number, index: number): Uint8Array => hashes.get(`${level} ${index}`) as Uint8Array
        expect(toHex(rootOf(size, read))).toBe(toHex(rootOfLeaves(some)))
        const index = seed % size
        seen.length = 0
        expect(inclusionProof(index, size, read).map(toHex)).toEqual(inclusionProof(index, size, known).map(toHex))
        expect(tilesFor(size, (ask) => inclusionProof(index, size, ask)).map(tilePath)).toEqual([...new Set(seen)])
        expect(consistencyProof(index, size, read).map(toHex)).toEqual(consistencyProof(index, size, known).map(toHex))
      }),
      { numRuns: 20 },
    )
  })

  it('[PL-06] of another length than its width is refused, and so is one that the log has not', () => {
    expect(() => hashesIn(3, () => new Uint8Array(95))(0, 0)).toThrow('95 bytes instead of 96')
    expect(() => hashesIn(3, () => new Uint8Array(96))(1, 1)).toThrow(RangeError)
    expect(() => tileAt(0, 3, 3)).toThrow(RangeError)
    expect(tileAt('entries', 300, 400)).toEqual({ level: 'entries', index: 1, width: 144 })
  })
})

describe('a bundle of entries', () => {
  it('[PL-06] is written by two bytes of length before each entry, and read back', () => {
    expect(toHex(encodeBundle([utf8(''), utf8('ab')]))).toBe('000000026162')
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 20 }), (entries) => {
        expect(decodeBundle(encodeBundle(entries), entries.length).map(toHex)).toEqual(entries.map(toHex))
      }),
    )
    expect(decodeBundle(encodeBundle([new Uint8Array(65_535)]), 1)[0]).toHaveLength(65_535)
  })

  it('[PL-06] that is cut off, too long, or holds a longer entry is refused', () => {
    const bundle = encodeBundle([utf8('one'), utf8('two')])
    for (let end = 1; end < bundle.length; end++) expect(() => decodeBundle(bundle.subarray(0, end), 2), `${end}`).toThrow(RangeError)
    expect(() => decodeBundle(bundle, 1)).toThrow('2 entries instead of 1')
    expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow('65,535')
  })
})
