/**
 * What a request is when not everything can be done. `first`: sign-in, ballots, health. `command`: something is decided. `read`: something is
 * shown. `live`: a stream that stays open. `bulk`: exports, imports, rebuilds. Bulk gives way first, then reads and streams, then commands.
 */
export type Work = (typeof works)[number]

export const works = ['first', 'command', 'read', 'live', 'bulk'] as const

/** Where an OpenAPI operation tells its work, if it is not the usual one of its method. */
export const workExtension = 'x-work'

/** What a request is that nobody declared anything about: looking is a read, anything else a command. */
const usual = (method: string): Work => (method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? 'read' : 'command')

type Declared = { readonly method: string; readonly path: RegExp; readonly work: Work }

/** Tells requests apart by method and address, before any router has seen them. Paths as `/people/:id` or `/people/{id}`. */
export const classifier = () => {
  const bySegment = new Map<string, Declared[]>()
  return {
    declare: (method: string, path: string, work: Work): void => {
      const segment = segmentOf(path)
      const known = bySegment.get(segment) ?? []
      bySegment.set(segment, known)
      known.push({ method: method.toUpperCase(), path: patternOf(path), work })
    },
    of: (method: string, url: string): Work => {
      const known = bySegment.get(segmentOf(url))
      if (known === undefined) return usual(method)
      const path = url.split('?', 1)[0] as string
      return known.find((each) => each.method === method && each.path.test(path))?.work ?? usual(method)
    },
  }
}

export type Classifier = ReturnType<typeof classifier>

/** `/people/li?x=1` → `people` */
export const segmentOf = (url: string): string => /^\/([^/?#]*)/.exec(url)?.[1] ?? ''

const patternOf = (path: string): RegExp => {
  const parts = path.split('/').map((part) => (/^(:|\{|\*$)/.test(part) ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
  return new RegExp(`^${parts.join('/')}/?$`)
}
