import type { Pool } from 'pg'
import type { Recorded } from '../aggregate.ts'
import { currentDeadline, demandTime, withDeadline } from '../overload/deadline.ts'
import { queryInTime } from '../overload/query-in-time.ts'

/** A row of a record, and the ciphertexts beside it. */
export type Stored = { readonly bytes: string; readonly sealed: string | null }

type Asked = { readonly stream: string; readonly after: number } & PromiseWithResolvers<readonly Recorded[]>

/** In no name that is let in. */
const separator = '\u0001'

const batchStreams = 500
const mostInFlight = 4
/** While a batch is under way the next one gathers until it is back, but no longer than this: it may be slow, or its connection lost. */
const gatherMs = 2

/**
 * What was added to a stream since a version, asked for many commands at once: those who ask in the same turn of the event loop, or while the
 * database works, share one statement, and one answer where they ask the same. A question is only shared before it is sent: the answer has
 * everything that was committed when it was asked. The facts are shared too: nobody changes them.
 */
export const newerFacts = (pool: Pool, decode: (rows: readonly Stored[]) => Promise<Recorded[]>) => {
  let asked = new Map<string, Asked>()
  let inFlight = 0
  let scheduled = false

  const pump = (): void => {
    scheduled = false
    while (asked.size > 0 && inFlight < mostInFlight) {
      const all = [...asked]
      asked = new Map(all.slice(batchStreams))
      inFlight += 1
      const batch = all.slice(0, batchStreams).map(([, each]) => each)
      // For all of them: no single one's deadline ends it.
      void withDeadline(null, () => send(batch)).then(() => {
        inFlight -= 1
        if (asked.size > 0) setImmediate(pump)
      })
    }
  }
  const schedule = (): void => {
    if (scheduled) return
    scheduled = true
    if (inFlight === 0) setImmediate(pump)
    else setTimeout(pump, gatherMs)
  }

  const send = async (batch: readonly Asked[]): Promise<void> => {
    try {
      const { rows } = await queryInTime<any>(pool, {
        name: 'store-newer',
        text: 'select idx, bytes, sealed from newer_facts($1, $2) with ordinality order by ordinality',
        values: [batch.map(({ stream }) => stream).join(separator), `{${batch.map(({ after }) => after)}}`],
      })
      const facts = await decode(rows)
      const found = batch.map((): Recorded[] => [])
      for (let index = 0; index < facts.length; index++) found[rows[index].idx - 1]?.push(facts[index] as Recorded)
      for (let index = 0; index < batch.length; index++) batch[index]?.resolve(found[index] as Recorded[])
    } catch (error) {
      for (const each of batch) each.reject(error)
    }
  }

  return (stream: string, after: number): Promise<readonly Recorded[]> => {
    demandTime()
    const key = `${after} ${stream}`
    let question = asked.get(key)
    if (question === undefined) {
      question = { stream, after, ...Promise.withResolvers<readonly Recorded[]>() }
      asked.set(key, question)
      schedule()
    }
    return inTime(question.promise)
  }
}

/** The same, or the refusal when nobody waits for it any more. */
const inTime = <T>(answer: Promise<T>): Promise<T> => {
  const signal = currentDeadline()?.signal()
  if (signal === undefined) return answer
  return new Promise((resolve, reject) => {
    const late = (): void => reject(signal.reason)
    signal.addEventListener('abort', late, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', late))
  })
}
