/**
 * Who may do what, said a second time and on its own: nothing of the kernel is imported here, so that a fault of the kernel is a
 * difference. Parents by unit; patterns of permissions by kind of post.
 */
export type World = { readonly parents: Readonly<Record<string, string | null>>; readonly kinds: Readonly<Record<string, readonly string[]>> }
export type Who = {
  readonly posts: readonly { readonly kind: string; readonly unit: string; readonly from?: string; readonly until?: string | null }[]
  readonly home?: string | null
  readonly operator?: boolean
  readonly scope?: readonly string[] | null
}

const above = (parents: World['parents'], unit: string): string[] => (unit in parents ? [unit, ...above(parents, parents[unit] ?? '')] : [])

const named = (patterns: readonly string[], permission: string): boolean =>
  patterns.some((pattern) => new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(permission))

/** Posts count from `from` until before `until`, at their unit and below; a home also counts for what stands above it. */
export const may = ({ parents, kinds }: World, { posts, home, operator, scope }: Who, permission: string, unit: string, at = '2026'): boolean => {
  if (scope && !named(scope, permission)) return false
  if (operator) return true
  const isThere = (place: string): boolean => above(parents, unit).includes(place)
  const held = posts.filter(({ from = '', until = null }) => from <= at && (until === null || at < until))
  if (held.some((post) => isThere(post.unit) && named(kinds[post.kind] ?? [], permission))) return true
  return !!home && named(kinds.student ?? [], permission) && (isThere(home) || above(parents, home).includes(unit))
}
