import { useQuery } from '@tanstack/react-query'
import { type PostKind, pathTo, postKinds, units } from '../api/organization.ts'
import { kindsWith, mayAnywhere, mayAt } from '../api/permissions.ts'
import { me } from '../api/session.ts'

/** May this person do something at a unit (null = anywhere), and which kinds of post may? `may` is true until it is known: the API refuses in any case. */
export const useMay = (permission: string, unit: string | null): { readonly may: boolean; readonly kinds: readonly PostKind[] } => {
  const known = useQuery(me)
  const tree = useQuery(units())
  const posts = useQuery(postKinds)
  // `signed-in` is no permission that a post carries.
  if (!permission.includes(':') || !known.data || !tree.data) return { may: true, kinds: [] }
  const path = unit === null ? [] : pathTo(tree.data, unit).map(({ id }) => id)
  // A unit that is no longer in the tree of today is left to the API.
  const may = unit === null ? mayAnywhere(known.data, permission) : path.length === 0 || mayAt(known.data, permission, path)
  return { may, kinds: may ? [] : kindsWith(posts.data ?? [], permission) }
}
