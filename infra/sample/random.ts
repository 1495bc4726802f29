/** Numbers that look random and are the same for the same seed on every machine (mulberry32). */
export type Random = {
  /** From 0 up to, not including, 1. */
  readonly share: () => number
  /** A whole number from 0 up to, not including, `limit`. */
  readonly below: (limit: number) => number
  readonly pick: <T>(from: readonly T[]) => T
  /** All of them in another order. */
  readonly shuffled: <T>(from: readonly T[]) => T[]
}

export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0
  const share = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(share() * limit)
  return {
    share,
    below,
    pick: (from) => {
      const picked = from[below(from.length)]
      if (picked === undefined) throw new Error('Nothing to pick from')
      return picked
    },
    shuffled: (from) => {
      const all = [...from]
      for (let last = all.length - 1; last > 0; last--) {
        const other = below(last + 1)
        ;[all[last], all[other]] = [all[other] as (typeof all)[number], all[last] as (typeof all)[number]]
      }
      return all
    },
  }
}

/** A seed from words, so that each part of the sample has its own numbers whatever the others draw. */
export const seedOf = (...words: readonly string[]): number => {
  let hash = 0x811c9dc5
  for (const character of words.join('\u0000')) hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193)
  return hash >>> 0
}
