import type { Finding } from './finding.ts'
import type { Entry } from './journal.ts'
import { type Outcome, patience } from './run.ts'

export type Sums = {
  readonly acknowledged: number
  readonly lost: number
  readonly doubled: number
  readonly gaps: number
  readonly inversions: number
  readonly views_unequal: number
  readonly parked_hidden: number
  readonly heal_seconds_max: number
}

const columns: Readonly<Record<Exclude<keyof Sums, 'acknowledged' | 'heal_seconds_max'>, readonly Finding['kind'][]>> = {
  lost: ['lost'],
  // Whatever has an effect too many: a command, a refused one, a record that is no fact.
  doubled: ['doubled', 'effect-of-refused', 'ghost'],
  gaps: ['gap', 'delivery'],
  inversions: ['inversion'],
  views_unequal: ['view'],
  parked_hidden: ['hidden'],
}

/** What was found, counted. */
export const sumsOf = ({ entries, findings, healSecondsMax }: Outcome): Sums => {
  const count = (kinds: readonly Finding['kind'][]): number => findings.filter(({ kind }) => kinds.includes(kind)).length
  return {
    acknowledged: entries.filter(({ answer }) => answer === 'acknowledged').length,
    lost: count(columns.lost),
    doubled: count(columns.doubled),
    gaps: count(columns.gaps),
    inversions: count(columns.inversions),
    views_unequal: count(columns.views_unequal),
    parked_hidden: count(columns.parked_hidden),
    heal_seconds_max: Math.round(healSecondsMax * 10) / 10,
  }
}

/** Whether everything that is promised held. */
export const isSound = (outcome: Outcome): boolean => outcome.findings.length === 0 && outcome.healSecondsMax <= patience

const overlaps = ({ attempts }: Entry, from: number, to: number): boolean =>
  attempts.some(({ at, tookMs }) => Date.parse(at) <= to && Date.parse(at) + tookMs >= from)

/** A line for each fault: how often, and of the commands that were under way meanwhile, how many were acknowledged, lost, doubled; the longest way back. */
export const tableOf = ({ injected, entries, findings }: Outcome): string[] => {
  const broken = (kinds: readonly Finding['kind'][]) =>
    new Set(findings.flatMap(({ kind, entry }) => (kinds.includes(kind) && entry !== undefined ? [entry] : [])))
  const [lost, doubled] = [broken(columns.lost), broken(columns.doubled)]
  const cells = [['fault', 'times', 'acknowledged', 'lost', 'doubled', 'healed after, at most']]
  for (const [fault, times] of Map.groupBy(injected, (each) => each.fault)) {
    const meanwhile = entries.filter((entry) => times.some(({ from, to }) => overlaps(entry, from, to)))
    cells.push([
      fault,
      String(times.length),
      String(meanwhile.filter(({ answer }) => answer === 'acknowledged').length),
      String(meanwhile.filter(({ number }) => lost.has(number)).length),
      String(meanwhile.filter(({ number }) => doubled.has(number)).length),
      `${Math.max(...times.map(({ healSeconds }) => healSeconds)).toFixed(1)} s`,
    ])
  }
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? []
  return cells.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[column] as number))).join('  '))
}
