import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Reads } from './generated/schema.ts'
import { listing, type Row, reading } from './read.ts'

export type Unit = Row<'/units'>
export type Label = Unit['name']
export type Term = Row<'/terms'>
export type PostKind = Row<'/post-kinds'>

const seldomChanges = 5 * 60_000

/** The tree, now or as of a day, from the root down. */
export const units = (on: string | null = null) =>
  queryOptions({ ...reading('/units', { query: { on } }), staleTime: seldomChanges, select: (told: Reads['/units']['answer']) => told.items })

/** The same with those that were merged or dissolved. */
export const unitsGone = queryOptions({
  ...reading('/units', { query: { gone: true } }),
  staleTime: seldomChanges,
  select: (told: Reads['/units']['answer']) => told.items,
})

export const terms = queryOptions({ ...reading('/terms'), staleTime: seldomChanges, select: (told: Reads['/terms']['answer']) => told.items })

export const postKinds = queryOptions({ ...reading('/post-kinds'), staleTime: seldomChanges, select: (told: Reads['/post-kinds']['answer']) => told.items })

/** Who holds a post at a unit (without those below), now or on a day. */
export const holders = (unit: string, on: string | null) =>
  infiniteQueryOptions({ ...listing('/directory', { query: { unit, below: false, on, limit: 50 } }), staleTime: 60_000 })

/** What somebody holds, now or on a day. */
export const officer = (person: string, on: string | null) =>
  queryOptions({ ...reading('/directory', { query: { person, on } }), staleTime: 60_000, select: (told: Reads['/directory']['answer']) => told.items })

/** Somebody's card for those who may read it; others are refused. */
export const personCard = (id: string) => queryOptions({ ...reading('/people/{id}', { path: { id } }), staleTime: seldomChanges, retry: false })

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
