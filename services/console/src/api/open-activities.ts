import { listing } from './read.ts'

/** What is on near the reader and takes registrations. A page that asked ahead does not ask again at once. */
export const openActivities = { ...listing('/activities/open', { query: { limit: 12 } }), staleTime: 5_000 }
