/** What this page has commanded and the answers of reads may not show yet: the last position of each service and shard. */
type Awaited = { readonly position: number; readonly since: number; readonly seenBy: Set<string> }

const awaited = new Map<string, Awaited>()
/** After this long every view has it, or somebody is repairing it. */
const patienceMs = 60_000

/** Remembers where a command's last fact stands (`activities/3/1042`). */
export const awaitPosition = (text: string, now: number = Date.now()): void => {
  const [service, shard, position] = text.split('/')
  if (service === undefined || shard === undefined || position === undefined) return
  const key = `${service}/${shard}`
  if ((awaited.get(key)?.position ?? -1) < Number(position)) awaited.set(key, { position: Number(position), since: now, seenBy: new Set() })
}

/** The header for a read of a path (its first segment names the service that answers), and what to call once it has answered; null when nothing is awaited there. */
export const positionsFor = (path: string, now: number = Date.now()): { readonly header: string; readonly seen: () => void } | null => {
  const segment = path.split('/', 2)[1] ?? ''
  for (const [key, { since }] of awaited) if (now - since > patienceMs) awaited.delete(key)
  const asked = [...awaited].filter(([, { seenBy }]) => !seenBy.has(segment))
  if (asked.length === 0) return null
  return {
    header: asked.map(([key, { position }]) => `${key}/${position}`).join(','),
    seen: () => {
      for (const [, { seenBy }] of asked) seenBy.add(segment)
    },
  }
}
