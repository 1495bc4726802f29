import { RFC9162 } from '@transmute/rfc9162'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joined, sameBytes, toHex, utf8 } from './bytes.ts'
import { leafHash } from './digest.ts'
import { consistencyProof, emptyRoot, frontier, inclusionProof, isConsistent, isIncluded, type ReadHash, rootOf, rootOfLeaves } from './tree.ts'

/** The eight entries that implementations of certificate transparency are tested with, and what is known of them. */
const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map((hex) => Buffer.from(hex, 'hex'))
const knownRoots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const pairs = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e'
const sixth = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b'
const thirdPair = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0'
const lastPair = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a'
const secondLeaf = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'
const lastFour = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'

/** A tree in memory: all complete subtrees, as a frontier closes them. */
const grown = (leaves: readonly Uint8Array[]): { read: ReadHash; root: Uint8Array } => {
  const hashes = new Map<string, Uint8Array>()
  const edge = frontier()
  for (const leaf of leaves) edge.append(leaf, (level, index, hash) => hashes.set(`${level} ${index}`, hash))
  const read: ReadHash = (level, index) => {
    const hash = hashes.get(`${level} ${index}`)
    if (!hash) throw new RangeError(`no hash ${index} at level ${level}`)
    return hash
  }
  return { read, root: edge.root() }
}

const leavesOf = (size: number): Uint8Array[] => Array.from({ length: size }, (_, at) => leafHash(utf8(`entry ${at}`)))
const isPowerOfTwo = (number: number): boolean => Math.log2(number) % 1 === 0

describe('the tree', () => {
  it('[PL-06] has the roots known for the entries that all implementations are tested with, in three ways', () => {
    const leaves = entries.map(leafHash)
    const { read } = grown(leaves)
    for (const [size, known] of knownRoots.entries()) {
      expect(toHex(rootOf(size, read))).toBe(known)
      expect(toHex(rootOfLeaves(leaves.slice(0, size)))).toBe(known)
      expect(toHex(grown(leaves.slice(0, size)).root)).toBe(known)
    }
  })

  it('[PL-06] gives the proofs known for them', () => {
    const { read } = grown(entries.map(leafHash))
    expect(inclusionProof(0, 1, read)).toEqual([])
    expect(inclusionProof(0, 8, read).map(toHex)).toEqual([secondLeaf, pairs, lastFour])
    expect(inclusionProof(5, 8, read).map(toHex)).toEqual([sixth, thirdPair, knownRoots[4]])
    expect(consistencyProof(1, 8, read).map(toHex)).toEqual([secondLeaf, pairs, lastFour])
    expect(consistencyProof(6, 8, read).map(toHex)).toEqual([lastPair, thirdPair, knownRoots[4]])
    expect(consistencyProof(2, 5, read).map(toHex)).toEqual([pairs, sixth])
  })

  it('[PL-06] has the roots and inclusion proofs of an implementation by others, at any size, and each believes the other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 140 }), fc.nat(), async (size, seed) => {
        const index = seed % size
        const theirs = Array.from({ length: size }, (_, at) => utf8(`entry ${at}`))
        const leaves = leavesOf(size)
        const { read, root } = grown(leaves)
        expect(toHex(root)).toBe(toHex(await RFC9162.treeHead(theirs)))
        const proof = inclusionProof(index, size, read)
        const foreign = await RFC9162.inclusionProof(theirs[index] as Uint8Array, theirs)
        expect(proof.map(toHex)).toEqual(foreign.inclusion_path.map(toHex))
        const leaf = leaves[index] as Uint8Array
        expect(isIncluded({ leaf, index, size, root, proof: foreign.inclusion_path })).toBe(true)
        expect(await RFC9162.verifyInclusionProof(root, leaf, { log_id: '', tree_size: size, leaf_index: index, inclusion_path: proof })).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it('[PL-06] has the consistency proofs of an implementation by others, at any two sizes, and each believes the other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 140 }), fc.nat(), async (to, seed) => {
        const from = 1 + (seed % (to - 1))
        const theirs = Array.from({ length: to }, (_, at) => utf8(`entry ${at}`))
        const { read } = grown(leavesOf(to))
        const [fromRoot, toRoot] = [rootOf(from, read), rootOf(to, read)]
        const proof = consistencyProof(from, to, read)
        const foreign = await RFC9162.consistencyProof({ log_id: '', tree_size: from, leaf_index: 0, inclusion_path: [] }, theirs)
        // That implementation always sends the old root along; RFC 6962 leaves it out where the old size is a power of two.
        const added = isPowerOfTwo(from) ? [fromRoot] : []
        expect([...added, ...proof].map(toHex)).toEqual(foreign.consistency_path.map(toHex))
        expect(isConsistent({ from, fromRoot, to, toRoot, proof: foreign.consistency_path.slice(added.length) })).toBe(true)
        const sent = { log_id: '', tree_size_1: from, tree_size_2: to, consistency_path: [...added, ...proof] }
        expect(await RFC9162.verifyConsistencyProof(fromRoot, toRoot, sent)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it('[PL-06] convinces nobody with a proof in which a bit, an index, a size or the number of hashes is wrong', () => {
    const size = 77
    const leaves = leavesOf(size)
    const { read, root } = grown(leaves)
    fc.assert(
      fc.property(fc.nat(size - 1), fc.nat(), fc.nat(255), (index, at, bit) => {
        const leaf = leaves[index] as Uint8Array
        const proof = inclusionProof(index, size, read)
        const flipped = proof.map((hash, one) => (one === at % proof.length ? flip(hash, bit) : hash))
        const is = (change: object): boolean => isIncluded({ leaf, index, size, root, proof, ...change })
        expect(is({})).toBe(true)
        expect(is({ proof: flipped })).toBe(false)
        expect(is({ leaf: flip(leaf, bit) })).toBe(false)
        expect(is({ root: flip(root, bit) })).toBe(false)
        expect(is({ index: (index + 1 + (at % (size - 1))) % size })).toBe(false)
        expect(is({ proof: proof.slice(1) })).toBe(false)
        expect(is({ proof: [...proof, leaf] })).toBe(false)
        expect(is({ index: size })).toBe(false)
        expect(is({ index: -1 })).toBe(false)
      }),
    )
  })

  it('[PL-06] is not consistent with one that was changed, cut or made from others', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(), fc.nat(255), (to, seed, bit) => {
        const from = 1 + (seed % (to - 1))
        const leaves = leavesOf(to)
        const forked = grown(leaves.map((leaf, at) => (at === seed % from ? flip(leaf, bit) : leaf)))
        const { read } = grown(leaves)
        const given = { from, fromRoot: rootOf(from, read), to, toRoot: rootOf(to, read), proof: consistencyProof(from, to, read) }
        expect(isConsistent(given)).toBe(true)
        expect(isConsistent({ ...given, toRoot: forked.root, proof: consistencyProof(from, to, forked.read) })).toBe(false)
        expect(isConsistent({ ...given, toRoot: forked.root })).toBe(false)
        expect(isConsistent({ ...given, fromRoot: flip(given.fromRoot, bit) })).toBe(false)
        expect(isConsistent({ ...given, proof: given.proof.map((hash, at) => (at === seed % given.proof.length ? flip(hash, bit) : hash)) })).toBe(false)
        expect(isConsistent({ ...given, proof: given.proof.slice(0, -1) })).toBe(false)
        expect(isConsistent({ ...given, proof: [...given.proof, given.toRoot] })).toBe(false)
        expect(isConsistent({ ...given, from: to, to: from })).toBe(false)
      }),
    )
  })

  it('[PL-06] is consistent with itself and with nothing only by an empty proof', () => {
    const { root } = grown(leavesOf(5))
    const same = { from: 5, fromRoot: root, to: 5, toRoot: root, proof: [] }
    const first = { from: 0, fromRoot: emptyRoot(), to: 5, toRoot: root, proof: [] }
    expect([isConsistent(same), isConsistent(first)]).toEqual([true, true])
    expect(isConsistent({ ...same, toRoot: flip(root, 1) })).toBe(false)
    expect(isConsistent({ ...same, proof: [root] })).toBe(false)
    expect(isConsistent({ ...first, proof: [root] })).toBe(false)
    expect(isConsistent({ ...first, fromRoot: root })).toBe(false)
  })

  it('[PL-06] continues from its right edge as if it had never stopped', () => {
    fc.assert(
      fc.property(fc.nat(150), fc.nat(150), (before, more) => {
        const leaves = leavesOf(before + more)
        const { read } = grown(leaves)
        const edge = frontier(before, read)
        expect(sameBytes(edge.root(), rootOf(before, read))).toBe(true)
        for (const leaf of leaves.slice(before)) edge.append(leaf, (level, index, hash) => expect(sameBytes(hash, read(level, index))).toBe(true))
        expect(edge.size()).toBe(before + more)
        expect(toHex(edge.root())).toBe(toHex(rootOfLeaves(leaves)))
      }),
    )
  })

  it('[PL-06] can be larger than what fits into 32 bits', () => {
    const filler = leafHash(joined())
    const size = 2 ** 40 + 12_345
    const proof = inclusionProof(2 ** 39 + 7, size, () => filler)
    expect(proof).toHaveLength(41)
    expect(consistencyProof(2 ** 33 + 1, size, () => filler).length).toBeLessThanOrEqual(63)
  })

  it('refuses to prove what is not there', () => {
    const { read } = grown(leavesOf(3))
    expect(() => inclusionProof(3, 3, read)).toThrow(RangeError)
    expect(() => consistencyProof(4, 3, read)).toThrow(RangeError)
    expect(() => frontier(3)).toThrow(RangeError)
  })
})

const flip = (hash: Uint8Array, bit: number): Uint8Array => hash.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
