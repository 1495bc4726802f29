import { queryOptions } from '@tanstack/react-query'
import type { Commands, Reads } from './generated/schema.ts'
import { ask } from './http.ts'
import { Problem } from './problem.ts'
import { reading } from './read.ts'
import type { FactKey } from './trail.ts'

/** The proof of a fact; it comes within seconds of the fact, so one that is not there yet is asked for again. */
export const proof = (key: FactKey) =>
  queryOptions({
    ...reading('/trail/{service}/{stream}/{version}/proof', { path: key }),
    refetchInterval: ({ state }) => (state.data?.proof?.isEnough === false || state.data?.proof === null ? 3_000 : false),
  })

export type Proof = NonNullable<Reads['/trail/{service}/{stream}/{version}/proof']['answer']['proof']>

const publicText = async (path: string, signal: AbortSignal): Promise<string> => {
  const answer = await fetch(`/audit/${path}`, { signal })
  if (!answer.ok) throw new Problem({ status: answer.status, code: 'no-log' })
  return answer.text()
}

/** The keys that this installation says it signs with: what they check is worth as much as whoever vouches for them. */
export const publishedTrust = queryOptions({
  queryKey: ['audit', 'trust'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }) => {
    const [policy, keys] = await Promise.all([publicText('policy', signal), publicText('keys.json', signal)])
    return { policy, receipts: String(JSON.parse(keys).receipts) }
  },
})

/** Asks the log whether it has kept the promise of a receipt. */
export const lookUp = (receipt: string): Promise<Commands['checkReceipt']['answer']> => ask('/receipts/check', { method: 'POST', body: { receipt } })
