import { expect, it } from 'vitest'
import type { Recorded } from '../aggregate.ts'
import { enqueue, newLane } from './lane.ts'

const run = (...positions: number[]): Recorded[] => positions.map((position) => ({ service: 'a', shard: 0, position }) as Recorded)
const queued = (...slices: number[][]) => {
  const lane = newLane({ service: 'a', shard: 0 })
  const joined = slices.map((slice) => enqueue(lane, run(...slice)))
  return { waiting: lane.waiting.map((each) => each.position), head: lane.head, tail: lane.tail, joined }
}

it('what is delivered again among what is new takes nothing of it away, wherever it stands', () => {
  expect(queued([1, 2], [1, 2, 3])).toMatchObject({ waiting: [1, 2, 3], joined: [true, true] })
  expect(queued([1, 2], [3, 4, 1])).toMatchObject({ waiting: [1, 2, 3, 4], head: 4, tail: 4, joined: [true, true] })
  expect(queued([1, 2], [1, 3, 2, 4, 1, 2])).toMatchObject({ waiting: [1, 2, 3, 4], head: 4, joined: [true, true] })
  expect(queued([1, 2], [2, 1])).toMatchObject({ waiting: [1, 2], head: 2, joined: [true, true] })
})

it('a hole is told, and how far the source reaches, whatever came behind it', () => {
  expect(queued([1, 2], [5, 1])).toMatchObject({ waiting: [1, 2], head: 5, joined: [true, false] })
  expect(queued([1], [2, 4, 1])).toMatchObject({ waiting: [1, 2], head: 4, tail: 2, joined: [true, false] })
})
