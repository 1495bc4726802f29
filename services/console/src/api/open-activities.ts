import { listing } from './read.ts'

/** What is on near the reader and takes registrations. A page that asked ahead does not ask again at once. */
export const openActivities = { ...listing('/activities/open', { query: { limit: 12 } }), staleTime: 5_000 }

/** Places that a registration gets at once: none while somebody waits for one. */
export const placesFree = ({ capacity, registered, waiting }: { readonly capacity: number; readonly registered: number; readonly waiting: number }): number =>
  waiting > 0 ? 0 : Math.max(0, capacity - registered)
