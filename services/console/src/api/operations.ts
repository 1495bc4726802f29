import { queryOptions } from '@tanstack/react-query'
import { ask } from './http.ts'
import { problemOf } from './problem.ts'
import { readKey } from './read.ts'

/** How one service is; every service tells it in the same shape. */
export type Health = {
  readonly service: string
  readonly upSince: string
  readonly slow: readonly ('postgres' | 'kafka' | 'event-loop' | 'consumers')[]
  readonly eventLoop: { readonly delayMs: number; readonly utilisation: number }
  readonly memoryBytes: number
  readonly postgres: { readonly answersMs: number | null; readonly used: number; readonly idle: number; readonly waiting: number }
  readonly relay: { readonly unsent: number; readonly oldestSeconds: number } | null
  readonly behind: number
  readonly parkedStreams: number
  readonly builds: readonly Build[]
}

export type Build = {
  readonly view: string
  readonly schema: string
  readonly version: number
  readonly state: 'building' | 'active' | 'retired'
  readonly held: boolean
  readonly since: string
  readonly handled: number
  readonly known: number
}

export type Consumer = {
  readonly name: string
  readonly sources: readonly { readonly service: string; readonly shard: number; readonly position: number; readonly head: number; readonly behind: boolean }[]
  readonly parkedStreams: number
  readonly holes: number
  /** For how long it has not moved in a source although there is more. */
  readonly standingSeconds: number
  /** For so long that the service calls it slow. */
  readonly standsStill: boolean
  readonly error: string | null
}

export type ParkedEvent = {
  readonly consumer: string
  readonly service: string
  readonly position: number
  readonly stream: string
  readonly eventId: string
  readonly type: string
  readonly error: string | null
  readonly tries: number
  readonly parkedAt: string
}

type OpenApi = { readonly paths: Readonly<Record<string, unknown>> }

/** Which services there are to look at: the API's own document says it, also while one of them is away. */
export const operated = queryOptions({
  queryKey: ['operated'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }) => {
    const { paths } = await ask<OpenApi>('/api/openapi.json', { signal })
    return Object.keys(paths).flatMap((path) => /^\/api\/v1\/([a-z]+)-consumers\/health$/.exec(path)?.[1] ?? [])
  },
})

/** Often enough to watch a build grow, seldom enough to be no load. */
const everyMs = 3_000

export const health = (service: string) =>
  queryOptions({
    queryKey: [readKey, 'health', service],
    queryFn: ({ signal }) => ask<Health>(`/${service}-consumers/health`, { signal }),
    refetchInterval: everyMs,
    retry: false,
  })

export const consumersOf = (service: string) =>
  queryOptions({
    queryKey: [readKey, 'consumers', service],
    queryFn: async ({ signal }) => (await ask<{ readonly items: readonly Consumer[] }>(`/${service}-consumers`, { signal })).items,
    refetchInterval: everyMs,
    retry: false,
  })

export const parkedOf = (service: string) =>
  queryOptions({
    queryKey: [readKey, 'parked', service],
    queryFn: async ({ signal }) => (await ask<{ readonly items: readonly ParkedEvent[] }>(`/${service}-consumers/parked`, { signal })).items,
    refetchInterval: everyMs,
    retry: false,
  })

type Stream = Pick<ParkedEvent, 'consumer' | 'service' | 'stream'>
const act = <Answer>(service: string, path: string, body?: object): Promise<Answer> =>
  ask(`/${service}-consumers/${path}`, { method: 'POST', ...(body === undefined ? {} : { body }) })

export const retryParked = (service: string, at: Stream) => act<{ readonly left: number }>(service, 'parked/retry', at)
export const skipParked = (service: string, at: Stream, reason: string) => act<{ readonly left: number }>(service, 'parked/skip', { ...at, reason })
/** Built beside what is shown, and shown when `showBuild` says so. */
export const rebuild = (service: string, view: string) => act<object>(service, `views/${encodeURIComponent(view)}/rebuild?held=true`)
export const showBuild = (service: string, view: string, schema: string) => act<object>(service, `views/${encodeURIComponent(view)}/flip`, { schema })

/** A service's history that the logs no longer take from, since a fact does not continue its stream. */
export type StoppedSource = { readonly service: string; readonly shard: number; readonly position: number; readonly fault: string }

export const stoppedSources = queryOptions({
  queryKey: [readKey, 'stopped-sources'],
  queryFn: async ({ signal }) => {
    const answer = await fetch('/audit/state.json', { signal })
    if (!answer.ok) throw await problemOf(answer)
    const { logs } = (await answer.json()) as { readonly logs: readonly { readonly stopped: readonly StoppedSource[] }[] }
    // What stands still does so for every log.
    return [...new Map(logs.flatMap(({ stopped }) => stopped.map((source) => [`${source.service}/${source.shard}`, source]))).values()]
  },
  refetchInterval: everyMs,
  retry: false,
})

/** Lets it go on. The trail, which may show what stood in the history meanwhile, is then built anew and shown by itself. */
export const resumeSource = async ({ service, shard }: StoppedSource, reason: string): Promise<{ readonly facts: number }> => {
  const resumed = await ask<{ readonly facts: number }>(`/stopped-sources/${service}/${shard}/resumption`, { method: 'POST', body: { reason } })
  await act('audit', 'views/trail/rebuild')
  return resumed
}
