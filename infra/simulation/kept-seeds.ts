/** Seeds that once found something; `npm test` looks at each of them again. What it found stands beside it. */
export const keptSeeds: readonly (readonly [seed: number, found: string])[] = [[89, 'what is newer of a stream taken in no order']]
