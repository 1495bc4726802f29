import type { Entry } from '@collegium/shared/evidence/entry.ts'
import { isSelection } from './completeness.ts'
import type { Finding } from './findings.ts'

type Seen = { readonly leaf: string; readonly recorded: number }

/** The name before the last part of an origin: logs of one name belong together. */
const nameOf = (origin: string): string => origin.slice(0, origin.lastIndexOf('/'))

/**
 * Compares the log of confidential reads with that of all facts, where both are at hand: each must hold the same reads, in the same order.
 * Their checkpoints are not of the same moment, so one may be ahead; a read older than `before` (seconds since 1970) must stand in both.
 */
export const readsCompared = (): {
  readonly seeIn: (origin: string) => (entry: Entry, leaf: string) => void
  readonly findings: (before: number) => Finding[]
} => {
  /** By log, then by source and shard. */
  const seen = new Map<string, Map<string, Seen[]>>()
  return {
    seeIn: (origin) => {
      const bySource = new Map<string, Seen[]>()
      seen.set(origin, bySource)
      return ({ type, source, shard, recorded }, leaf) => {
        if (!type.includes('.record-read.v')) return
        const key = `${source}/${shard}`
        const list = bySource.get(key) ?? []
        bySource.set(key, list)
        list.push({ leaf, recorded: Date.parse(recorded) / 1000 })
      }
    },
    findings: (before) =>
      [...seen].flatMap(([reads, inReads]) => {
        const whole = [...seen].find(([other]) => isSelection(reads) && !isSelection(other) && nameOf(other) === nameOf(reads))
        return whole
          ? sourcesOf(inReads, whole[1]).flatMap((source) => differenceIn(reads, source, inReads.get(source) ?? [], whole[1].get(source) ?? [], before))
          : []
      }),
  }
}

const sourcesOf = (...maps: readonly ReadonlyMap<string, unknown>[]): string[] => [...new Set(maps.flatMap((map) => [...map.keys()]))].sort()

const differenceIn = (reads: string, source: string, selected: readonly Seen[], all: readonly Seen[], before: number): Finding[] => {
  const common = Math.min(selected.length, all.length)
  for (let at = 0; at < common; at++)
    if (selected[at]?.leaf !== all[at]?.leaf) return [{ code: 'read-differs', where: reads, values: { source, number: at + 1 } }]
  const late = [...selected.slice(common), ...all.slice(common)].find(({ recorded }) => recorded < before)
  return late ? [{ code: 'read-missing', where: reads, values: { source, time: new Date(late.recorded * 1000).toISOString() } }] : []
}
