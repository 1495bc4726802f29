import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { mayAnywhere } from './permissions.ts'
import { reading, readKey } from './read.ts'
import { me } from './session.ts'

/** Somebody who was found, and what tells them from others of the same name. */
export type FoundPerson = {
  readonly id: string
  readonly name: string
  readonly number: string | null
  readonly kind: string | null
  readonly unit: string | null
}

const most = 10

/** People by a part of name, pinyin or number, where the reader may read them; and post holders by name, whom every member may know. */
export const findPeople = async (client: QueryClient, text: string): Promise<readonly FoundPerson[]> => {
  const known = await client.ensureQueryData(me)
  const [people, holders] = await Promise.all([
    mayAnywhere(known, 'people:read') ? client.fetchQuery(reading('/people', { query: { q: text, limit: most } })) : null,
    mayAnywhere(known, 'directory:read') ? client.fetchQuery(reading('/directory', { query: { q: text, limit: most } })) : null,
  ])
  const found = new Map<string, FoundPerson>()
  for (const { id, name, number, college, campus } of people?.items ?? [])
    if (name !== null) found.set(id, { id, name, number, kind: null, unit: college ?? campus })
  for (const { person, name, kind, unit } of holders?.items ?? [])
    if (name !== null && !found.has(person)) found.set(person, { id: person, name, number: null, kind, unit })
  return [...found.values()].slice(0, most)
}

export const peopleFound = (client: QueryClient, text: string) =>
  queryOptions({
    queryKey: [readKey, 'find-people', text.trim()] as const,
    staleTime: 60_000,
    enabled: text.trim() !== '',
    queryFn: () => findPeople(client, text.trim()),
  })
