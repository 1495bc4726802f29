/** From measured values to a score: the same values always give the same score, whatever the order they come in. */

export type Source = 'attendance' | 'duties' | 'satisfaction' | 'thrift' | 'hours'
export type Criterion = {
  readonly id: string
  readonly name: { readonly en: string; readonly zh: string }
  readonly source: Source
  readonly weight: number
  /** The value that earns nothing, and the one that earns all; a falling scale rewards less (thrift). */
  readonly scale: { readonly from: number; readonly to: number }
}
export type EventRef = { readonly service: string; readonly stream: string; readonly version: number }
/** What a source says of the subject; null where it knows nothing. */
export type Measured = { readonly value: number; readonly evidence: readonly EventRef[] } | null

export type Input = {
  criterion: string
  source: Source
  value: number
  normalized: number
  weight: number
  points: number
  evidence: EventRef[]
  facts: number
}
export type Missing = { criterion: string; source: Source; weight: number; why: 'no-records' | 'no-shown-answers' }
export type Score = { readonly score: number; readonly inputs: Input[]; readonly missing: Missing[] }

/** A fact of 6,000 check-ins would outgrow what one event may hold; the whole list stays with its owner. */
const shownEvidence = 500
/** Shares are kept in millionths, so that sums are of whole numbers and no order of adding changes them. */
const million = 1_000_000

/** A value on a scale, in millionths from 0 to 1,000,000. */
const millionths = (value: number, { from, to }: Criterion['scale']): number => Math.round(Math.min(1, Math.max(0, (value - from) / (to - from))) * million)

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

/** Null when every input is missing. The weights of missing inputs are shared out among the others, in proportion. */
export const scoreOf = (criteria: readonly Criterion[], measured: Readonly<Partial<Record<Source, Measured>>>): Score | null => {
  const ordered = [...criteria].sort((a, b) => (a.id < b.id ? -1 : 1))
  const known = ordered.flatMap((criterion) => {
    const found = measured[criterion.source]
    return found ? [{ criterion, found, share: millionths(found.value, criterion.scale) }] : []
  })
  const weights = known.reduce((sum, { criterion }) => sum + criterion.weight, 0)
  if (weights === 0) return null
  const total = known.reduce((sum, { criterion, share }) => sum + criterion.weight * share, 0)
  return {
    score: Math.round(total / weights / 100) / 100,
    inputs: known.map(({ criterion, found, share }) => ({
      criterion: criterion.id,
      source: criterion.source,
      value: rounded(found.value, 6),
      normalized: share / million,
      weight: rounded((100 * criterion.weight) / weights, 4),
      points: rounded((100 * criterion.weight * share) / weights / million, 4),
      evidence: sorted(found.evidence).slice(0, shownEvidence),
      facts: found.evidence.length,
    })),
    missing: ordered
      .filter((criterion) => !measured[criterion.source])
      .map(({ id, source, weight }) => ({ criterion: id, source, weight, why: source === 'satisfaction' ? 'no-shown-answers' : 'no-records' })),
  }
}

const place = ({ service, stream }: EventRef): string => `${service} ${stream}`

const sorted = (evidence: readonly EventRef[]): EventRef[] =>
  evidence
    .map(({ service, stream, version }) => ({ service, stream, version }))
    .sort((a, b) => (place(a) === place(b) ? a.version - b.version : place(a) < place(b) ? -1 : 1))
