import { expect, it } from 'vitest'
import { happenedBy } from './happened.ts'

const fact = (version: number, day: string) => ({ version, occurred: `2026-11-${day}T08:00:00.000Z` })
const versions = (facts: readonly { version: number }[]): number[] => facts.map(({ version }) => version)

it('[PL-05] what was dated back is there on its day, and nothing is there before what it stands on', () => {
  const stream = [fact(1, '10'), fact(2, '14'), fact(3, '12')]
  expect(versions(happenedBy(stream, '2026-11-12T08:00:00Z'))).toEqual([1, 3])
  expect(versions(happenedBy(stream, '2026-11-30T00:00:00Z'))).toEqual([1, 2, 3])
  expect(happenedBy([fact(1, '10'), fact(2, '03')], '2026-11-05T00:00:00Z')).toEqual([])
  expect(happenedBy([], '2026-11-05T00:00:00Z')).toEqual([])
})
