import { sameBytes } from './bytes.ts'
import { nodeHash, sha256 } from './digest.ts'

/** Gives the hash over the leaves [index · 2^level, (index + 1) · 2^level), all of them present; level 0 holds leaf hashes. */
export type ReadHash = (level: number, index: number) => Uint8Array

/** The root of a tree without leaves. */
export const emptyRoot = (): Uint8Array => sha256(new Uint8Array(0))

/** The largest power of two below `size`, for sizes from 2 on. */
const splitOf = (size: number): number => {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

const levelOf = (width: number): number => {
  let level = 0
  for (let power = 1; power < width; power *= 2) level++
  return level
}

/** The hash over the leaves [start, end), where `start` is a multiple of the widest subtree in it. */
const rangeHash = (start: number, end: number, read: ReadHash): Uint8Array => {
  const width = end - start
  const level = levelOf(width)
  if (2 ** level === width) return read(level, start / width)
  const split = start + splitOf(width)
  return nodeHash(rangeHash(start, split, read), rangeHash(split, end, read))
}

/** The RFC 6962 root of a tree of `size` leaves. */
export const rootOf = (size: number, read: ReadHash): Uint8Array => (size === 0 ? emptyRoot() : rangeHash(0, size, read))

/** The root over leaf hashes at hand, computed from the definition alone: another way than a frontier or tiles go. */
export const rootOfLeaves = (leaves: readonly Uint8Array[], start = 0, end = leaves.length): Uint8Array => {
  if (start === end) return emptyRoot()
  if (end - start === 1) return leaves[start] as Uint8Array
  const split = start + splitOf(end - start)
  return nodeHash(rootOfLeaves(leaves, start, split), rootOfLeaves(leaves, split, end))
}

/** The hashes beside the way from leaf `index` up to the root of `size` leaves. Throws a RangeError where there is no such leaf. */
export const inclusionProof = (index: number, size: number, read: ReadHash): Uint8Array[] => {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size)) throw new RangeError(`No leaf ${index} in a tree of ${size}`)
  const beside: Uint8Array[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const split = start + splitOf(end - start)
    beside.push(index < split ? rangeHash(split, end, read) : rangeHash(start, split, read))
    if (index < split) end = split
    else start = split
  }
  return beside.reverse()
}

/** The hashes by which one sees that the tree of `to` leaves continues that of `from`; none from 0 or from itself. Throws a RangeError for from > to. */
export const consistencyProof = (from: number, to: number, read: ReadHash): Uint8Array[] => {
  if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && from <= to))
    throw new RangeError(`No way from a tree of ${from} to one of ${to}`)
  if (from === 0 || from === to) return []
  const beside: Uint8Array[] = []
  let [start, end] = [0, to]
  let known = true
  while (from !== end) {
    const split = start + splitOf(end - start)
    if (from <= split) {
      beside.push(rangeHash(split, end, read))
      end = split
    } else {
      beside.push(rangeHash(start, split, read))
      start = split
      known = false
    }
  }
  // The old root itself is known to whoever checks; a part of it is not.
  if (!known) beside.push(rangeHash(start, end, read))
  return beside.reverse()
}

const half = (number: number): number => Math.floor(number / 2)
const isOdd = (number: number): boolean => number % 2 === 1

/** Whether the leaf stands at `index` in the tree of `size` leaves with this root (RFC 9162, 2.1.3.2). */
export const isIncluded = (given: {
  readonly leaf: Uint8Array
  readonly index: number
  readonly size: number
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}): boolean => {
  if (!(Number.isSafeInteger(given.index) && Number.isSafeInteger(given.size) && given.index >= 0 && given.index < given.size)) return false
  let [at, last] = [given.index, given.size - 1]
  let hash = given.leaf
  for (const beside of given.proof) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      hash = nodeHash(beside, hash)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else {
      hash = nodeHash(hash, beside)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && sameBytes(hash, given.root)
}

/** Whether the tree of `to` leaves begins with all those of the tree of `from` (RFC 9162, 2.1.4.2). From nothing to anything is consistent. */
export const isConsistent = (given: {
  readonly from: number
  readonly fromRoot: Uint8Array
  readonly to: number
  readonly toRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}): boolean => {
  const { from, fromRoot, to, toRoot, proof } = given
  if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && from <= to)) return false
  if (from === to) return proof.length === 0 && sameBytes(fromRoot, toRoot)
  if (from === 0) return proof.length === 0 && sameBytes(fromRoot, emptyRoot())
  let [at, last] = [from - 1, to - 1]
  while (isOdd(at)) [at, last] = [half(at), half(last)]
  // `at` is 0 exactly when `from` is a power of two, and then the proof begins with the old root, which it leaves out.
  const path = at === 0 ? [fromRoot, ...proof] : proof
  const [first, ...rest] = path
  if (first === undefined) return false
  let [old, now] = [first, first]
  for (const beside of rest) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      old = nodeHash(beside, old)
      now = nodeHash(beside, now)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else {
      now = nodeHash(now, beside)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && sameBytes(old, fromRoot) && sameBytes(now, toRoot)
}

/** The right edge of a growing tree: enough for its root, whatever its size. */
export type Frontier = {
  readonly size: () => number
  /** Adds a leaf; `complete` hears of each subtree that it closes, the leaf itself first. */
  readonly append: (leaf: Uint8Array, complete?: (level: number, index: number, hash: Uint8Array) => void) => void
  readonly root: () => Uint8Array
}

/** Continues a tree of `size` leaves, of which only the complete subtrees at its right edge are read; without arguments an empty one. */
export const frontier = (from = 0, read?: ReadHash): Frontier => {
  if (from > 0 && !read) throw new RangeError('Continuing a tree takes its hashes')
  let size = from
  // By level: the subtree that waits for its right neighbour.
  const waiting: (Uint8Array | undefined)[] = []
  for (let level = 0, rest = size; rest > 0; level++, rest = half(rest)) waiting[level] = isOdd(rest) ? read?.(level, rest - 1) : undefined
  return {
    size: () => size,
    append: (leaf, complete) => {
      let hash = leaf
      let [level, index] = [0, size]
      complete?.(0, index, leaf)
      for (let left = waiting[0]; left !== undefined; left = waiting[level]) {
        waiting[level] = undefined
        hash = nodeHash(left, hash)
        level++
        index = half(index)
        complete?.(level, index, hash)
      }
      waiting[level] = hash
      size++
    },
    root: () => waiting.reduce((right, left) => (left === undefined ? right : right === undefined ? left : nodeHash(left, right)), undefined) ?? emptyRoot(),
  }
}
