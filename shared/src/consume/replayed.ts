import type { Recorded } from '../aggregate.ts'
import type { Replay, Source } from '../log.ts'

/** How far into each source: `position` is the last one that counts. */
export type Position = Source & { readonly position: number }

const pageSize = 1_000

type Reading = Position & { facts: readonly Recorded[]; next: number; after: number }

/**
 * The facts of sources up to positions, in pages: each source in its order, and among the sources by the time of recording, which is the
 * order in which they came about as nearly as anybody knows. Throws where a source ends before its position, unless it may: a part of a history.
 */
export async function* replayed(positions: readonly Position[], replay: Replay, { mayEnd = false } = {}): AsyncGenerator<readonly Recorded[]> {
  const readings: Reading[] = positions.filter(({ position }) => position > 0).map((each) => ({ ...each, facts: [], next: 0, after: 0 }))
  let page: Recorded[] = []
  while (readings.length > 0) {
    for (const reading of [...readings])
      if (reading.next === reading.facts.length && !(await turn(reading, replay, mayEnd))) readings.splice(readings.indexOf(reading), 1)
    if (readings.length === 0) break
    const first = readings.reduce((best, each) => (recordedOf(each) < recordedOf(best) ? each : best))
    // Runs of one source are handed over without comparing each fact with all sources again.
    const bound = readings.reduce((least, each) => (each !== first && recordedOf(each) < least ? recordedOf(each) : least), '\uffff')
    while (first.next < first.facts.length && recordedOf(first) <= bound) page.push(first.facts[first.next++] as Recorded)
    if (first.next === first.facts.length && first.after >= first.position) readings.splice(readings.indexOf(first), 1)
    if (page.length < pageSize) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

const recordedOf = ({ facts, next }: Reading): string => (facts[next] as Recorded).recorded

/** Reads on; false where there is nothing more up to the position. */
const turn = async (reading: Reading, replay: Replay, mayEnd: boolean): Promise<boolean> => {
  const { service, shard, position, after } = reading
  const read = await replay({ service, shard }, after, Math.min(pageSize, position - after))
  const facts = read.filter((fact) => fact.position <= position)
  if (facts.length === 0 && !mayEnd) throw new Error(`${service}/${shard} ends at ${after}; ${position} was asked for`)
  reading.facts = facts
  reading.next = 0
  reading.after = facts.at(-1)?.position ?? position
  return facts.length > 0
}
