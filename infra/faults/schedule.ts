import { type Random, randomFrom, seedOf } from '../sample/random.ts'
import type { Fault } from './fault.ts'

export type Step = {
  /** One, and at times two at once. */
  readonly faults: readonly { readonly fault: Fault; readonly random: Random }[]
  readonly lastsMs: number
  readonly thenMs: number
}

/** Steps without end, the same for the same seed and the same faults: each fault comes before any comes twice, in an order of the seed's. */
export function* steps(seed: number, faults: readonly Fault[]): Generator<Step> {
  const random = randomFrom(seedOf('schedule', String(seed)))
  let deck: Fault[] = []
  for (let number = 1; ; number++) {
    if (deck.length === 0) deck = random.shuffled(faults)
    const first = deck.pop() as Fault
    // Two faults at once have bugs of their own; what is left in the deck keeps its turn.
    const second = faults.length > 1 && random.below(4) === 0 ? random.pick(faults.filter((each) => each !== first)) : null
    const chosen = second === null ? [first] : [first, second]
    const [least, most] = first.lasts
    yield {
      faults: chosen.map((fault, index) => ({ fault, random: randomFrom(seedOf('fault', String(seed), String(number), String(index))) })),
      lastsMs: least + random.below(most - least),
      thenMs: random.below(1_500),
    }
  }
}
