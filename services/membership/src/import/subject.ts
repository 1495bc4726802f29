import type { Outlined } from './outline.ts'

/** What the federation knows before the file comes. */
export type Known = {
  readonly root: string | null
  readonly units: ReadonlyMap<string, KnownUnit>
  readonly postKinds: ReadonlySet<string>
  readonly people: ReadonlyMap<
    string,
    { readonly name: string | null; readonly number: string | null; readonly campus: string; readonly college: string | null }
  >
  readonly terms: readonly { readonly id: string; readonly from: string; readonly to: string }[]
}
export type KnownUnit = {
  readonly kind: string
  readonly parent: string | null
  readonly level: string | null
  readonly unionKind: string | null
  readonly name: { readonly en: string; readonly zh: string }
  /** Merged or dissolved: the id is not free again. */
  readonly gone: boolean
}
export const nothingKnown: Known = { root: null, units: new Map(), postKinds: new Set(), people: new Map(), terms: [] }

/** What every check of meaning looks at. */
export type Subject = { readonly file: Readonly<Record<string, unknown>>; readonly units: readonly Outlined[]; readonly known: Known }

/** Where an id stands a second time. `first` names the earlier place. */
export const repeated = (
  entries: readonly { readonly id: string | undefined; readonly pointer: string }[],
): { id: string; pointer: string; first: string }[] => {
  const seen = new Map<string, string>()
  return entries.flatMap(({ id, pointer }) => {
    if (id === undefined) return []
    const first = seen.get(id)
    if (first !== undefined) return [{ id, pointer, first }]
    seen.set(id, pointer)
    return []
  })
}
