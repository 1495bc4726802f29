/** What a criterion needs to be computed; half-written ones do not count. */
export type Draft = { readonly source?: string; readonly weight?: number; readonly scale?: { readonly from?: number; readonly to?: number } }
type Measured = { readonly source: string; readonly value: number }

const million = 1_000_000
/** What is typed may not be a number yet. */
const isNumber = (value: unknown): value is number => typeof value === 'number'

/**
 * The score that a draft would have given for what was measured before, from 0 to 100 in hundredths; null where it has nothing to go by. As the
 * service scores: shares in millionths, the weights of what was not measured shared out among the others.
 */
export const whatIf = (criteria: readonly Draft[], inputs: readonly Measured[]): number | null => {
  const values = new Map(inputs.map(({ source, value }) => [source, value]))
  let [weights, total] = [0, 0]
  for (const { source, weight, scale } of criteria) {
    const value = values.get(source ?? '')
    if (value === undefined || !isNumber(weight) || !isNumber(scale?.from) || !isNumber(scale?.to) || scale.from === scale.to) continue
    const share = Math.round(Math.min(1, Math.max(0, (value - scale.from) / (scale.to - scale.from))) * million)
    weights += weight
    total += weight * share
  }
  return weights === 0 ? null : Math.round(total / weights / 100) / 100
}

export const weightsOf = (criteria: readonly Draft[]): number => criteria.reduce((sum, { weight }) => sum + (isNumber(weight) ? weight : 0), 0)
