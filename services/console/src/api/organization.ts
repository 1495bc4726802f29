import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ask, type Listed, queryOf } from './http.ts'

export type Label = { readonly en: string; readonly zh: string }
export type Unit = { readonly id: string; readonly kind: string; readonly name: Label; readonly parent: string | null; readonly timezone: string }
export type Term = { readonly id: string; readonly name: Label; readonly from: string; readonly to: string; readonly timezone: string }
type PostKind = { readonly id: string; readonly name: Label }

const seldomChanges = 5 * 60_000

/** The tree, now or as of a day, from the root down. */
export const units = (on: string | null = null) =>
  queryOptions({
    queryKey: ['units', on],
    staleTime: seldomChanges,
    queryFn: async ({ signal }) => (await ask<{ items: readonly Unit[] }>(`/units${queryOf({ on })}`, { signal })).items,
  })

export const terms = queryOptions({
  queryKey: ['terms'],
  staleTime: seldomChanges,
  queryFn: async ({ signal }) => (await ask<{ items: readonly Term[] }>('/terms', { signal })).items,
})

export const postKinds = queryOptions({
  queryKey: ['post-kinds'],
  staleTime: seldomChanges,
  queryFn: async ({ signal }) => (await ask<{ items: readonly PostKind[] }>('/post-kinds', { signal })).items,
})

export type Holder = { readonly holding: string; readonly person: string; readonly name: string | null; readonly kind: string; readonly unit: string }

/** Who holds a post at a unit (without those below), now or on a day. */
export const holders = (unit: string, on: string | null) =>
  infiniteQueryOptions({
    queryKey: ['holders', unit, on],
    staleTime: 60_000,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) => ask<Listed<Holder>>(`/directory${queryOf({ unit, below: 'false', on, cursor: pageParam, limit: 50 })}`, { signal }),
    getNextPageParam: (page) => page.nextCursor,
  })

/** What somebody holds, now or on a day. */
export const officer = (person: string, on: string | null) =>
  queryOptions({
    queryKey: ['officer', person, on],
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await ask<Listed<Holder>>(`/directory${queryOf({ person, on })}`, { signal })).items,
  })

type Card = { readonly id: string; readonly name: string | null }

/** Somebody's name for those who may read it; others are refused, and see the id. */
export const personCard = (id: string) =>
  queryOptions({
    queryKey: ['person', id],
    staleTime: seldomChanges,
    retry: false,
    queryFn: ({ signal }) => ask<Card>(`/people/${encodeURIComponent(id)}`, { signal }),
  })

export const peopleNamed = (text: string) =>
  queryOptions({
    queryKey: ['people', text],
    staleTime: 60_000,
    enabled: text.trim().length > 1,
    queryFn: async ({ signal }) => (await ask<Listed<Card>>(`/people${queryOf({ q: text.trim(), limit: 10 })}`, { signal })).items,
  })

/** The unit and all above it, from the root down; empty for an unknown unit. */
export const pathTo = (all: readonly Unit[], id: string): Unit[] => {
  const byId = new Map(all.map((unit) => [unit.id, unit]))
  const path: Unit[] = []
  for (let unit = byId.get(id); unit; unit = unit.parent === null ? undefined : byId.get(unit.parent)) path.unshift(unit)
  return path
}

/** Every unit in the order of the tree, with its depth: for lists to choose from. */
export const inTreeOrder = (all: readonly Unit[]): { unit: Unit; depth: number }[] => {
  const below = Map.groupBy(all, (unit) => unit.parent)
  const walk = (parent: string | null, depth: number): { unit: Unit; depth: number }[] =>
    (below.get(parent) ?? []).flatMap((unit) => [{ unit, depth }, ...walk(unit.id, depth + 1)])
  return walk(null, 0)
}

/** Today's term, or the last one that has begun; null before the first. */
export const currentTerm = (all: readonly Term[], today: string): Term | null =>
  all
    .filter((term) => term.from <= today)
    .toSorted((a, b) => b.from.localeCompare(a.from))
    .at(0) ?? null
