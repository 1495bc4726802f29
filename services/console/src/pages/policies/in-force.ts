import { useQuery } from '@tanstack/react-query'
import { type Row, reading } from '../../api/read.ts'

/** Policies are read whole, in all their versions; what is in force somewhere follows from them. Pure. */

export type Version = Row<'/policies'>

/** The version of a policy that a unit itself set and that holds at a moment. */
export const ownAt = (all: readonly Version[], name: string, unit: string, at: string): Version | undefined =>
  all.filter((each) => each.name === name && each.unit === unit && each.from <= at).toSorted((a, b) => b.from.localeCompare(a.from) || b.version - a.version)[0]

export type Compliance = {
  readonly name: string
  readonly federation: Version
  /** What holds at each campus: its own, where it has tightened it, else the federation's. */
  readonly campuses: readonly { readonly campus: string; readonly version: Version; readonly isTightened: boolean }[]
}

/** Each policy of the federation with its value at each campus. */
export const complianceOf = (all: readonly Version[], federation: string, campuses: readonly string[], at: string): Compliance[] =>
  [...new Set(all.map(({ name }) => name))].flatMap((name) => {
    const above = ownAt(all, name, federation, at)
    if (!above) return []
    const values = campuses.map((campus) => {
      const own = ownAt(all, name, campus, at)
      return { campus, version: own ?? above, isTightened: own !== undefined && own.value !== above.value }
    })
    return [{ name, federation: above, campuses: values }]
  })

/** What a policy says at a unit now; undefined until it is known. */
export const useValue = (name: string, unit: string): Version['value'] | undefined =>
  useQuery(reading('/policies', { query: { unit } })).data?.items.find((each) => each.name === name)?.value
