import { type Classifier, classifier, segmentOf, type Work, workExtension } from '@collegium/shared/overload/work.ts'
import { type Contracts, routesOf } from './contracts.ts'

export const prefix = '/api/v1'

/** What the services' documents say of an address of the public door: which service answers it, and what work it is. */
export const servicesBehind = (contracts: () => Contracts) => {
  let from: unknown
  let routes: ReadonlyMap<string, string> = new Map()
  let works = classifier()
  const learn = (): void => {
    const { openapi } = contracts()
    if (openapi === from) return
    routes = routesOf(openapi)
    works = worksOf(openapi)
    from = openapi
  }
  const serviceOf = (segment: string): string | undefined => {
    learn()
    return routes.get(segment)
  }
  return {
    /** The service that owns a first segment below /api/v1. */
    serviceOf,
    /** The service behind an address; empty for what the gateway answers itself. */
    serviceAt: (url: string): string => (url.startsWith(`${prefix}/`) ? (serviceOf(segmentOf(url.slice(prefix.length))) ?? '') : ''),
    /** Null where a declaration of the gateway itself or the method decides: its own routes below /api, the logs' files, and what nobody answers. */
    workOf: (method: string, url: string): Work | null => {
      // The console's files: whoever cannot see the page cannot sign in.
      if (method === 'GET' && !/^\/(api|audit)\b/.test(url)) return 'first'
      if (!url.startsWith(`${prefix}/`)) return null
      const path = url.slice(prefix.length)
      return serviceOf(segmentOf(path)) === undefined ? null : works.of(method, path)
    },
  }
}

const worksOf = (documents: Contracts['openapi']): Classifier => {
  const works = classifier()
  for (const { paths = {} } of Object.values(documents))
    for (const [path, item] of Object.entries(paths))
      for (const [method, operation] of Object.entries(item as Record<string, Record<string, unknown>>)) {
        const work = operation?.[workExtension]
        if (typeof work === 'string') works.declare(method, path, work as Work)
      }
  return works
}
