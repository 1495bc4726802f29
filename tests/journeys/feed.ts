import type { Client } from '../kit/client.ts'

/** A fact as a structured CloudEvent; `data` is the record that history holds. */
export type Fact = {
  readonly specversion: string
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject: string
  readonly sequence: string
  readonly data: any
}

/** All facts that the house has published so far, source by source. Takes the feed's own query, as `service=feedback`. */
export const publishedFacts = async (client: Client, query = ''): Promise<Fact[]> => {
  const answer = await client.raw(`/api/v1/events?live=false&${query}`)
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  const lines = (await answer.text()).split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as Fact)
}

/** Positions that are missing between the first and the last of each source; none where nothing was lost. */
export const holesIn = (facts: readonly Fact[]): string[] => {
  const holes: string[] = []
  for (const [source, each] of Map.groupBy(facts, (fact) => fact.source)) {
    const present = new Set(each.map((fact) => Number(fact.sequence)))
    for (let position = 1; position <= Math.max(...present); position++) if (!present.has(position)) holes.push(`${source}/${position}`)
  }
  return holes
}

/** Server-sent pictures of a dashboard: `latest` is the newest one that came. */
export const watchLive = async (client: Client, path: string) => {
  const aborting = new AbortController()
  const answer = await client.raw(`/api/v1${path}`, { signal: aborting.signal })
  if (!answer.ok || answer.body === null) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  let latest: any = null
  const reading = (async () => {
    let rest = ''
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const parts = (rest + chunk).split('\n\n')
      rest = parts.pop() ?? ''
      for (const part of parts) if (part.startsWith('data: ')) latest = JSON.parse(part.slice(6))
    }
  })().catch(() => {})
  return {
    latest: () => latest,
    close: async () => {
      aborting.abort()
      await reading
    },
  }
}
