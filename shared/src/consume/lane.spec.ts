import { expect, it, vi } from 'vitest'
import type { Recorded } from '../aggregate.ts'
import { enqueue, look, newLane, standing } from './lane.ts'

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

it('stands only what has more and does not move: neither what is at its end, for however long, nor what is slow', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    const lane = newLane({ service: 'a', shard: 0 })
    const after = (seconds: number): number => {
      for (let passed = 0; passed < seconds; passed += 5) {
        vi.advanceTimersByTime(5_000)
        look(lane)
      }
      return standing(lane)
    }
    expect(after(600)).toBe(0)
    enqueue(lane, run(1, 2))
    expect(after(60)).toBe(60)
    lane.position = 1
    expect(standing(lane)).toBe(0)
    expect(after(5)).toBe(0)
    expect(after(60)).toBe(60)
    lane.position = 2
    expect(standing(lane)).toBe(0)
    expect(after(60)).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})
