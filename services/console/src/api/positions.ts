/** What this page has commanded and the answers of reads may not show yet: the last position of each service and shard. */
type Awaited = { readonly position: number; readonly until: number; readonly seenBy: Set<string> }

const awaited = new Map<string, Awaited>()
/** After this long every view has it, or somebody is repairing it. */
const patienceMs = 60_000
/** What somebody else changed is waited for only by what is read anew because of it: a page that is opened later has no reason to. */
const othersMs = 3_000

/** Remembers where a command's last fact stands (`activities/3/1042`), or one that somebody else brought about. */
export const awaitPosition = (text: string, { isOwn = true, now = Date.now() }: { readonly isOwn?: boolean; readonly now?: number } = {}): void => {
  const [service, shard, position] = text.split('/')
  if (service === undefined || shard === undefined || position === undefined) return
  // One's own and others' apart: a later one of theirs must not shorten the patience for mine.
  const key = `${isOwn ? 'own' : 'others'} ${service}/${shard}`
  if ((awaited.get(key)?.position ?? -1) < Number(position))
    awaited.set(key, { position: Number(position), until: now + (isOwn ? patienceMs : othersMs), seenBy: new Set() })
}

/** The header for a read of a path (its first segment names the service that answers), and what to call once it has answered; null when nothing is awaited there. */
export const positionsFor = (path: string, now: number = Date.now()): { readonly header: string; readonly seen: () => void } | null => {
  const segment = path.split('/', 2)[1] ?? ''
  for (const [key, { until }] of awaited) if (now > until) awaited.delete(key)
  const asked = [...awaited].filter(([, { seenBy }]) => !seenBy.has(segment))
  if (asked.length === 0) return null
  return {
    header: asked.map(([key, { position }]) => `${key.slice(key.indexOf(' ') + 1)}/${position}`).join(','),
    seen: () => {
      for (const [, { seenBy }] of asked) seenBy.add(segment)
    },
  }
}
