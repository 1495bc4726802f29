/** A piece of two texts: in both, only in the one before, or only in the one after. */
export type Piece = { readonly text: string; readonly in: 'both' | 'before' | 'after' }
/** A line of two texts side by side; null where the other has none in its place. */
export type LinePair = { readonly before: readonly Piece[] | null; readonly after: readonly Piece[] | null }

/** The longest common sequence, as pairs of positions. */
const common = (a: readonly string[], b: readonly string[]): [number, number][] => {
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] as number) + 1
          : Math.max(lengths[(i + 1) * width + j] as number, lengths[i * width + j + 1] as number)
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; )
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if ((lengths[(i + 1) * width + j] as number) >= (lengths[i * width + j + 1] as number)) i += 1
    else j += 1
  return pairs
}

/** More cells than this and a phone would stop to think: then lines are compared whole. */
const longest = 1_000_000
const words = new Intl.Segmenter('zh', { granularity: 'word' })
const wordsOf = (text: string): string[] => [...words.segment(text)].map(({ segment }) => segment)

const joined = (pieces: readonly Piece[]): Piece[] =>
  pieces.reduce<Piece[]>((all, piece) => {
    const last = all.at(-1)
    if (last?.in === piece.in) all[all.length - 1] = { text: last.text + piece.text, in: piece.in }
    else all.push(piece)
    return all
  }, [])

/** Two lines in the same place, word by word; Chinese is cut into its words. */
const inLine = (before: string, after: string): LinePair => {
  const [a, b] = [wordsOf(before), wordsOf(after)]
  const same = a.length * b.length > longest ? [] : common(a, b)
  const [inA, inB] = [new Set(same.map(([i]) => i)), new Set(same.map(([, j]) => j))]
  return {
    before: joined(a.map((text, at) => ({ text, in: inA.has(at) ? 'both' : 'before' }))),
    after: joined(b.map((text, at) => ({ text, in: inB.has(at) ? 'both' : 'after' }))),
  }
}

/** Two texts line by line: what is the same stands in one row, what was changed beside what it became. */
export const textDifference = (before: string, after: string): LinePair[] => {
  const [a, b] = [before.split('\n'), after.split('\n')]
  const pairs: LinePair[] = []
  let [i, j] = [0, 0]
  for (const [x, y] of [...common(a, b), [a.length, b.length] as [number, number]]) {
    while (i < x || j < y) {
      const [left, right] = [i < x ? (a[i++] as string) : null, j < y ? (b[j++] as string) : null]
      if (left !== null && right !== null) pairs.push(inLine(left, right))
      else pairs.push({ before: left === null ? null : [{ text: left, in: 'before' }], after: right === null ? null : [{ text: right, in: 'after' }] })
    }
    if (x < a.length) {
      const line: Piece[] = [{ text: a[x] as string, in: 'both' }]
      pairs.push({ before: line, after: line })
      i = x + 1
      j = y + 1
    }
  }
  return pairs
}
