import type { PostKind } from './organization.ts'
import type { Me } from './session.ts'

const opens = (pattern: string, permission: string): boolean =>
  pattern === '*' || pattern === permission || (pattern.endsWith(':*') && permission.startsWith(pattern.slice(0, -1)))

/** Is the permission granted anywhere at all? */
export const mayAnywhere = ({ operator, permissions }: Me, permission: string): boolean =>
  operator ||
  Object.values(permissions)
    .flat()
    .some((pattern) => opens(pattern, permission))

/** Is it granted at a unit? `path` is the unit and all above it: what is granted above holds below. */
export const mayAt = ({ operator, permissions }: Me, permission: string, path: readonly string[]): boolean =>
  operator || path.some((unit) => permissions[unit]?.some((pattern) => opens(pattern, permission)))

/** The kinds of post that carry a permission. */
export const kindsWith = (kinds: readonly PostKind[], permission: string): PostKind[] =>
  kinds.filter((kind) => kind.permissions.some((pattern) => opens(pattern, permission)))
