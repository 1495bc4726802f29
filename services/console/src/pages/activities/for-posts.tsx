import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { session } from '../../api/session.ts'

/** What is the work of posts: shown to whoever holds one, whether it opens this or not. Who holds none takes part, and is not asked for more. */
export const ForPosts = ({ children }: { children: ReactNode }) => {
  const { data: known } = useQuery(session)
  return known && !known.operator && known.posts.length === 0 ? null : children
}
