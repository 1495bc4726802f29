import { emptySnapshot, type Snapshot } from '@collegium/shared/directory.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import { organization } from './views/organization.ts'

/** The directory as the organization view has it now. The version is read first, so that it never claims more than the rows show. */
export const readSnapshot = async ({ query }: Pick<Kernel, 'query'>): Promise<Snapshot> => {
  const [revision] = await query<{ version: string }>(organization, 'select coalesce(sum(changes), 0)::text as version from {revision}')
  const [units, holdings, postKinds, policies, terms] = await Promise.all([
    query(organization, 'select unit as id, kind, name, parent, level, timezone, gone as dissolved from {unit} order by since, unit'),
    query(organization, 'select holding as id, person, kind, unit, since as "from", until from {holding} order by since, holding'),
    query(organization, 'select kind as id, name, permissions from {post_kind} order by kind'),
    query(organization, 'select name, unit, value, version, since as "from" from {policy} order by name, unit, since, version'),
    query(organization, 'select term as id, name, first as "from", last as "to", timezone from {term} order by first'),
  ])
  return { version: Number(revision?.version ?? 0), units, holdings, postKinds, policies, terms } as unknown as Snapshot
}

export type DirectoryFeed = { readonly read: () => Promise<Snapshot>; readonly newest: () => Snapshot; readonly onChange: (listener: () => void) => () => void }

/** Changes come in bursts (an import, a semester's start): they are gathered this long before the snapshot is read once. */
const gatherMs = 10

/** Keeps the newest snapshot and tells when there is a newer one. */
export const directoryFeed = async (kernel: Pick<Kernel, 'query' | 'onChange'>): Promise<DirectoryFeed> => {
  const listeners = new Set<() => void>()
  let reading: Promise<Snapshot> | null = null
  let again = false
  let newest = emptySnapshot
  const refresh = async (): Promise<Snapshot> => {
    const read = await readSnapshot(kernel)
    if (read.version > newest.version) {
      newest = read
      for (const listener of listeners) listener()
    }
    return newest
  }
  const changed = () => {
    again = true
    reading ??= gathered().finally(() => {
      reading = null
      if (again) changed()
    })
    // A read that failed leaves the older snapshot; the next change, or the next question, reads anew.
    reading.catch(() => {})
  }
  const gathered = async () => {
    await new Promise((resolve) => setTimeout(resolve, gatherMs))
    again = false
    return refresh()
  }
  // Listening begins before the first read: nothing falls in between.
  kernel.onChange(organization, changed)
  await refresh()

  return {
    read: refresh,
    newest: () => newest,
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
