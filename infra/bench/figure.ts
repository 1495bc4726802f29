/** One line of the benchmark: what was measured, and against what in the same run. `ratio` = value / versus value. */
export type Figure = { readonly name: string; readonly value: number; readonly unit: string; readonly versus: string; readonly ratio: number | null }

export const figure = (name: string, value: number, unit: string, versus: string, other: number | null): Figure => ({
  name,
  value: round(value),
  unit,
  versus,
  ratio: other === null ? null : round(value / other),
})

const round = (value: number): number => (Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000)

/** Calls `work` from so many callers at once until the time is over. Returns calls a second. */
export const throughput = async (callers: number, ms: number, work: () => Promise<unknown>): Promise<number> => {
  let count = 0
  const began = performance.now()
  const until = began + ms
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < until) {
        await work()
        count += 1
      }
    }),
  )
  return (count * 1000) / (performance.now() - began)
}

/** Measures both in turn, several rounds, and returns the medians: a machine whose speed drifts is fair to neither otherwise. */
export const inTurn = async (rounds: number, ours: () => Promise<number>, theirs: () => Promise<number>): Promise<[number, number]> => {
  const measured: [number, number][] = []
  for (let round = 0; round < rounds; round++) measured.push([await ours(), await theirs()])
  return [median(measured.map(([first]) => first)), median(measured.map(([, second]) => second))]
}

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number

export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] as number
